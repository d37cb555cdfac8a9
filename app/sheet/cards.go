package sheet

func (pl *planner) cards(l *layout) []SheetPlan { return nil }
