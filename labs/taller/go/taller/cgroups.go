package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// Las pruebas ponen otra.
var cgroupRoot = "/sys/fs/cgroup"

// En cgroup v1 hay un árbol por recurso; en v2, uno solo.
func cgroupTrees() ([]string, bool) {
	if _, err := os.Stat(filepath.Join(cgroupRoot, "cgroup.controllers")); err == nil {
		return []string{cgroupRoot}, true
	}
	entries, _ := os.ReadDir(cgroupRoot)
	trees := []string{}
	for _, entry := range entries {
		if entry.IsDir() {
			trees = append(trees, filepath.Join(cgroupRoot, entry.Name()))
		}
	}
	return trees, false
}

// prepareCgroup crea la carpeta del nodo en cada árbol, vacía: cAdvisor espera 3,1 s por cada resto de un apagón.
func prepareCgroup(path string) error {
	if err := removeCgroup(path); err != nil {
		return err
	}
	trees, isV2 := cgroupTrees()
	for _, tree := range trees {
		current := tree
		for _, name := range strings.Split(strings.Trim(path, "/"), "/") {
			if isV2 {
				enableControllers(current)
			}
			current = filepath.Join(current, name)
			if err := os.Mkdir(current, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
				// Hay árboles que solo aceptan lectura; el kubelet dirá si le hacía falta.
				break
			}
			inheritCpuset(current)
		}
		if isV2 {
			enableControllers(current)
		}
	}
	return nil
}

func enableControllers(folder string) {
	for _, controller := range []string{"cpu", "memory", "pids", "cpuset", "io"} {
		// Uno a uno: si falta alguno, los demás se quedan.
		_ = os.WriteFile(filepath.Join(folder, "cgroup.subtree_control"), []byte("+"+controller), 0o644)
	}
}

// En v1 nacen vacíos y nadie puede entrar hasta que dicen algo.
func inheritCpuset(folder string) {
	for _, name := range []string{"cpuset.cpus", "cpuset.mems"} {
		file := filepath.Join(folder, name)
		if value, err := os.ReadFile(file); err != nil || strings.TrimSpace(string(value)) != "" {
			continue
		}
		if parent, err := os.ReadFile(filepath.Join(filepath.Dir(folder), name)); err == nil {
			_ = os.WriteFile(file, parent, 0o644)
		}
	}
}

// removeCgroup borra de dentro afuera. Solo se borra lo que ya no tiene procesos: lo demás da error.
func removeCgroup(path string) error {
	trees, _ := cgroupTrees()
	for _, tree := range trees {
		folders := []string{}
		_ = filepath.WalkDir(filepath.Join(tree, path), func(folder string, entry fs.DirEntry, err error) error {
			if err == nil && entry.IsDir() {
				folders = append(folders, folder)
			}
			return nil
		})
		for index := len(folders) - 1; index >= 0; index-- {
			if err := syscall.Rmdir(folders[index]); err != nil && err != syscall.ENOENT {
				return wrap("borrar "+folders[index], err)
			}
		}
	}
	return nil
}
