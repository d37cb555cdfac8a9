package branch

import "zhibu/storage/record"

// zoneKind is 党员责任区: an area with a member in charge.
func zoneKind() record.Kind {
	return signKind("zone", "党员责任区", "责任区", "区域名称", "责任人", "职责任务")
}
