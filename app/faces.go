package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"zhibu/app/print"
	"zhibu/app/screen"
	"zhibu/storage/record"
)

// listFaces shows the paper faces, and chooses a file for one: song=文件.ttf; with
// nothing behind = the built-in one serves again.
func listFaces(c *call, args []string) error {
	s, err := c.open()
	if err != nil {
		return err
	}
	for _, pair := range args {
		role, path, ok := strings.Cut(pair, "=")
		if !ok || !isFaceRole(role) {
			return usageError("写成 song=文件.ttf；等号后面空着就改回自带的。用途有 song、title、hei、kai、fang。")
		}
		if path != "" {
			if path, err = filepath.Abs(path); err != nil {
				return fmt.Errorf("face file: %w", err)
			}
			if _, complaints, err := print.LoadFaces(map[string]string{role: path}); err != nil || len(complaints) > 0 {
				return record.Refuse("FACE_UNUSABLE", "“"+path+"”用不了。请选 TrueType 轮廓、允许嵌入的 .ttf 或 .ttc 字库；原来的字库没有变。")
			}
		}
		if err := s.SetSetting(screen.FaceSetting(role), path); err != nil {
			return err
		}
	}
	chosen := map[string]string{}
	for _, role := range print.FaceRoles() {
		chosen[role.ID] = s.Setting(screen.FaceSetting(role.ID))
	}
	return c.print(chosen, func(w io.Writer) {
		for _, role := range print.FaceRoles() {
			path := chosen[role.ID]
			if path == "" {
				path = "自带"
			}
			fmt.Fprintf(w, "%s\t%s\t%s\n", role.ID, role.Name, path)
		}
	})
}

func isFaceRole(id string) bool {
	for _, role := range print.FaceRoles() {
		if role.ID == id {
			return true
		}
	}
	return false
}
