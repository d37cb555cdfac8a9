package record

// Type is how one field turns typed text into a stored value and back. A value
// is canonical text; "" is the empty value and never reaches a Type. For every
// accepted text t: Parse(Format(Parse(t))) = Parse(t). Parse refuses with an
// *Error whose Say is shown under the box.
type Type interface {
	// Name is the permanent name of the type, e.g. "date".
	Name() string
	// Parse turns text as a person types it into the canonical value.
	Parse(typed string) (string, error)
	// Format turns a canonical value into the text shown; Parse reads it back.
	// For a value Parse could not have made it returns the value unchanged.
	Format(value string) string
	// Samples returns texts that Parse accepts, for sample data and tests.
	Samples() []string
}
