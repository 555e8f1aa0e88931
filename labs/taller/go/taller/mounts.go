package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// Las carpetas del sistema en las que kubelet, CNI y los demás crean cosas. Se ven como son, pero lo que se escriba va a
// memoria y desaparece con el clúster: el disco de la máquina no se toca.
var shadowed = []string{"/etc", "/opt", "/var"}

func mountTmpfs(path string) error {
	if err := os.MkdirAll(path, 0o755); err != nil {
		return err
	}
	return wrap("tmpfs en "+path, syscall.Mount("tmpfs", path, "tmpfs", 0, "mode=755"))
}

func bind(from, to string) error {
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	return wrap("montar "+from+" en "+to, syscall.Mount(from, to, "", syscall.MS_BIND|syscall.MS_REC, ""))
}

func isolateMounts() error {
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil {
		return wrap("separar los montajes", err)
	}
	return wrap("montar /proc", syscall.Mount("proc", "/proc", "proc", syscall.MS_NOSUID|syscall.MS_NODEV|syscall.MS_NOEXEC, ""))
}

// shadow pone una capa en memoria sobre cada carpeta. keep son las que deben seguir siendo las de verdad.
func shadow(keep []string) error {
	kept := map[string]string{}
	for _, folder := range keep {
		if !isUnder(folder, []string{"/etc", "/opt", "/var", "/run"}) {
			continue
		}
		// Un descriptor abierto sigue llevando a la carpeta de verdad cuando su ruta ya la tape otra cosa.
		file, err := os.Open(folder)
		if err != nil {
			return err
		}
		defer file.Close()
		kept[folder] = fmt.Sprintf("/proc/self/fd/%d", file.Fd())
	}
	if err := mountTmpfs("/run"); err != nil {
		return err
	}
	for _, folder := range shadowed {
		if _, err := os.Stat(folder); err != nil {
			continue
		}
		upper, work := filepath.Join("/run/taller/capas", folder, "upper"), filepath.Join("/run/taller/capas", folder, "work")
		for _, each := range []string{upper, work} {
			if err := os.MkdirAll(each, 0o755); err != nil {
				return err
			}
		}
		options := fmt.Sprintf("lowerdir=%s,upperdir=%s,workdir=%s", folder, upper, work)
		if err := syscall.Mount("overlay", folder, "overlay", 0, options); err != nil {
			return wrap("poner una capa sobre "+folder, err)
		}
	}
	for folder, saved := range kept {
		if err := bind(saved, folder); err != nil {
			return err
		}
	}
	return nil
}

func isUnder(path string, folders []string) bool {
	for _, folder := range folders {
		if path == folder || strings.HasPrefix(path, folder+"/") {
			return true
		}
	}
	return false
}

// hideSysctls: el kubelet escribe estos valores, que son de toda la máquina. Con un archivo encima que ya dice lo que
// espera y protectKernelDefaults, no escribe nada. Sigue a kubernetes: pkg/kubelet/cm/container_manager_linux.go.
func hideSysctls() error {
	expected := map[string]string{
		"vm/overcommit_memory":      "1",
		"vm/panic_on_oom":           "0",
		"kernel/panic":              "10",
		"kernel/panic_on_oops":      "1",
		"kernel/keys/root_maxkeys":  "1000000",
		"kernel/keys/root_maxbytes": "25000000",
	}
	for name, value := range expected {
		target := filepath.Join("/proc/sys", name)
		if _, err := os.Stat(target); err != nil {
			continue
		}
		source := filepath.Join("/run/taller/sysctl", strings.ReplaceAll(name, "/", "-"))
		if err := os.MkdirAll(filepath.Dir(source), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(source, []byte(value+"\n"), 0o644); err != nil {
			return err
		}
		if err := syscall.Mount(source, target, "", syscall.MS_BIND, ""); err != nil {
			return wrap("tapar "+target, err)
		}
	}
	return nil
}

func wrap(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}
