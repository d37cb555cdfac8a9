package screen

// Template is a usual agenda of one sort of meeting.
type Template struct {
	Kind  string // label of the sort
	Name  string
	Items []string
}

// templateOf returns the first template of a sort; one without a template of
// its own gets a plain two-line agenda.
func templateOf(kind string) Template {
	for _, t := range templates() {
		if t.Kind == kind {
			return t
		}
	}
	return Template{Kind: kind, Name: "常用", Items: []string{"学习", "讨论交流"}}
}

// templates are the usual agendas (domain.md §2.2): ours, in plain words, to be
// edited after they are put in.
func templates() []Template {
	return []Template{
		{"支部党员大会", "例会", []string{"集中学习", "支委会报告工作", "讨论本季度重点工作", "布置下一步工作"}},
		{"支部党员大会", "接收预备党员", []string{"本人宣读入党志愿书，汇报有关情况", "入党介绍人介绍情况", "支委会报告审查情况", "大会讨论", "无记名投票表决", "宣布结果，通过决议"}},
		{"支部党员大会", "预备党员转正", []string{"本人汇报预备期情况", "党小组、介绍人提出意见", "支委会报告审查情况", "大会讨论", "无记名投票表决", "宣布结果，通过决议"}},
		{"支部委员会会议", "例会", []string{"集中学习", "通报上月工作落实情况", "研究本月工作", "讨论需要提交党员大会的事项"}},
		{"支部委员会会议", "确定入党积极分子", []string{"听取推荐（推优）情况", "讨论入党积极分子人选", "确定培养联系人"}},
		{"支部委员会会议", "确定发展对象", []string{"听取党小组、培养联系人意见", "通报党员和群众意见", "讨论发展对象人选"}},
		{"党小组会", "例会", []string{"集中学习", "交流思想和工作情况", "讨论小组工作"}},
		{"党课", "讲课", []string{"主讲人授课", "讨论交流", "小结"}},
		{"主题党日", "例行", []string{"集中学习", "组织生活", "民主议事", "志愿服务"}},
		{"组织生活会", "年度", []string{"通报上年整改和本次征求意见情况", "支部班子对照检查", "党员开展批评和自我批评", "明确整改措施"}},
		{"民主评议党员", "年度", []string{"党员个人自评", "党员互评", "民主测评", "支委会提出评定意见"}},
		{"换届选举大会", "换届", []string{"上届支委会报告工作", "通过选举办法", "通过监票人、计票人", "介绍候选人", "投票选举", "宣布结果"}},
		{"谈心谈话", "谈话", []string{"了解思想、工作、生活情况", "提出希望和建议"}},
		{"书记述职", "述职", []string{"述职", "点评", "测评"}},
		{"入党宣誓", "宣誓", []string{"奏（唱）国际歌", "领誓人领读誓词", "预备党员代表发言", "党组织负责人讲话"}},
	}
}

// phrases are the usual sentences of minutes, by occasion (Ctrl+D).
func phrases() []Phrase {
	return []Phrase{
		{"开场", "会议由××主持，××记录。"},
		{"学习", "××领学，与会党员结合实际作了交流发言。"},
		{"讨论", "与会党员围绕议题进行了充分讨论，提出以下意见："},
		{"同意", "与会党员一致同意。"},
		{"保留意见", "××提出不同意见："},
		{"决定", "会议决定："},
		{"责任", "由××负责，于×月×日前完成。"},
		{"宣读", "本人宣读入党志愿书，汇报对党的认识、本人履历和需要说明的问题。"},
		{"介绍人", "介绍人××、××介绍有关情况，认为其已具备党员条件。"},
		{"支委会审查", "支委会报告审查情况和上级党委预审意见。"},
		{"整改", "针对查摆的问题，明确整改措施、责任人和时限。"},
		{"结束", "会议议程进行完毕，主持人宣布散会。"},
	}
}

// Phrase is one usual sentence. ×× stands for what is to be filled in.
type Phrase struct{ Name, Text string }

// Phrases returns the usual sentences to choose from.
func Phrases() []Phrase { return phrases() }
