package print

import (
	"bytes"
	"fmt"
	"io"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
)

// protect writes the document with AES-256 and an owner password: everybody may
// open and print it, nobody without the password may change it. Encryption draws
// random bytes, so these files are never the same twice.
func (d *Document) protect(w io.Writer) error {
	var plain bytes.Buffer
	if err := d.page.WritePDF(&plain); err != nil {
		return err
	}
	// the encryption is of PDF 2.0; into files of that version pdfcpu writes neither its name nor the time of day
	newer := bytes.Replace(plain.Bytes(), []byte("%PDF-1.7"), []byte("%PDF-2.0"), 1)
	api.DisableConfigDir() // pdfcpu would make a folder in the user's home
	conf := model.NewAESConfiguration("", d.password, 256)
	conf.Permissions = model.PermissionsPrint
	if err := api.Encrypt(bytes.NewReader(newer), w, conf); err != nil {
		return fmt.Errorf("print: protect: %w", err)
	}
	return nil
}
