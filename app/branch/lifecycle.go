package branch

import "zhibu/storage/record"

// events are what can happen to a membership; every one is a row that stays.
func events() record.Choice {
	return choice("ARRIVED", "进入本支部", "TRANSFER_OUT", "组织关系转出", "RECEIPT", "收到转出回执", "SUSPENDED", "停止党籍", "RESTORED", "恢复党籍",
		"STRUCK", "除名", "ADVISED", "劝退", "RESIGNED", "退党", "EXPELLED", "开除党籍", "DEATH", "死亡", "CONVERTED", "转为正式党员",
		"EXTENDED", "延长预备期", "CANCELLED", "取消预备党员资格", "LOST", "失去联系", "FOUND", "恢复联系", "FLOAT_OUT", "外出流动", "FLOAT_BACK", "流动返回", "DUAL", "双纳管")
}
