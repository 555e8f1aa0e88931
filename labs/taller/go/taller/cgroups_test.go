package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fakeRoot pone un árbol de mentira donde irían los cgroups de la máquina. En una carpeta normal los archivos que el
// núcleo pondría solos hay que escribirlos, y lo que se escribe se queda para poder leerlo.
func fakeRoot(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, content := range files {
		file := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	old := cgroupRoot
	cgroupRoot = root
	t.Cleanup(func() { cgroupRoot = old })
	return root
}

func read(t *testing.T, parts ...string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(parts...))
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(text))
}

// En v2 un recurso solo baja a una carpeta si todas las de encima lo reparten.
func TestEnV2ReparteLosRecursosDesdeLaRaizHastaElNodo(t *testing.T) {
	root := fakeRoot(t, map[string]string{"cgroup.controllers": "cpuset cpu io memory pids\n"})
	if err := prepareCgroup("/bitacora-1/nodo1"); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{"", "bitacora-1", "bitacora-1/nodo1"} {
		if last := read(t, root, folder, "cgroup.subtree_control"); last != "+io" {
			t.Errorf("«%s» reparte «%s»", folder, last)
		}
	}
	if _, err := os.Stat(filepath.Join(root, "cpu")); err == nil {
		t.Error("hay un árbol por recurso, como en v1")
	}
}

func TestEnV1HayUnaCarpetaPorArbolYElCpusetSeHereda(t *testing.T) {
	root := fakeRoot(t, map[string]string{
		"cpu/tasks":                     "",
		"cpuset/cpuset.cpus":            "0-1\n",
		"cpuset/cpuset.mems":            "0\n",
		"cpuset/bitacora-1/cpuset.cpus": "\n",
		"cpuset/bitacora-1/cpuset.mems": "\n",
	})
	if err := prepareCgroup("/bitacora-1/nodo1"); err != nil {
		t.Fatal(err)
	}
	if cpus, mems := read(t, root, "cpuset/bitacora-1/cpuset.cpus"), read(t, root, "cpuset/bitacora-1/cpuset.mems"); cpus != "0-1" || mems != "0" {
		t.Errorf("cpus «%s», mems «%s»", cpus, mems)
	}
	if _, err := os.Stat(filepath.Join(root, "cpu/bitacora-1/nodo1")); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(root, "cpu/cgroup.subtree_control")); err == nil {
		t.Error("escribe subtree_control, que en v1 no existe")
	}
}

// Un nodo que se apagó de golpe deja carpetas vacías, unas dentro de otras.
func TestLosRestosDeUnApagonSeBorranDeDentroAfuera(t *testing.T) {
	root := fakeRoot(t, map[string]string{"memory/tasks": ""})
	deep := filepath.Join(root, "memory/bitacora-1/nodo1/kubepods/burstable/pod1/abc")
	if err := os.MkdirAll(deep, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := prepareCgroup("/bitacora-1/nodo1"); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(filepath.Join(root, "memory/bitacora-1/nodo1"))
	if err != nil || len(entries) != 0 {
		t.Errorf("quedan %v (%v)", entries, err)
	}
}
