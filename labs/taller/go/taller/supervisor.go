package main

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"syscall"
)

// Announcement es lo que el supervisor deja escrito cuando el clúster ya tiene red.
type Announcement struct {
	PID  int `json:"pid"`
	Port int `json:"port"`
}

func init() {
	// Pdeathsig mira el hilo que creó al hijo: el principal vive tanto como el proceso.
	runtime.LockOSThread()
}

// runSupervisor vive en la máquina. Si muere, aunque sea con SIGKILL, el núcleo mata al pid 1 del clúster y con él a todo.
func runSupervisor() error {
	spec, err := readSpec(os.Args[2])
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", spec.Port))
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	ready, readyWriter, err := os.Pipe()
	if err != nil {
		return err
	}
	cluster := exec.Command(self, "cluster", os.Args[2])
	cluster.Stdout, cluster.Stderr = os.Stdout, os.Stderr
	cluster.ExtraFiles = []*os.File{readyWriter}
	cluster.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags: syscall.CLONE_NEWNS | syscall.CLONE_NEWPID | syscall.CLONE_NEWNET | syscall.CLONE_NEWUTS | syscall.CLONE_NEWIPC,
		Pdeathsig:  syscall.SIGKILL,
		Setsid:     true,
	}
	if err := cluster.Start(); err != nil {
		return wrap("crear los espacios de nombres", err)
	}
	readyWriter.Close()
	if _, err := ready.Read(make([]byte, 1)); err != nil {
		_ = cluster.Wait()
		return fmt.Errorf("el clúster no ha llegado a tener red")
	}

	go forwardPort(listener, filepath.Join(spec.Folder, "salida.sock"), spec.API)
	announcement, err := json.Marshal(Announcement{PID: os.Getpid(), Port: listener.Addr().(*net.TCPAddr).Port})
	if err != nil {
		return err
	}
	if err := writeAtomic(filepath.Join(spec.Folder, "supervisor.json"), announcement); err != nil {
		return err
	}

	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP)
	ended := make(chan error, 1)
	go func() { ended <- cluster.Wait() }()
	select {
	case <-stop:
		_ = cluster.Process.Kill()
		<-ended
		return nil
	case err := <-ended:
		return fmt.Errorf("el pid 1 del clúster ha muerto: %v", err)
	}
}

func writeAtomic(path string, content []byte) error {
	if err := os.WriteFile(path+".nuevo", content, 0o600); err != nil {
		return err
	}
	return os.Rename(path+".nuevo", path)
}
