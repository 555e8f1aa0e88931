package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Un pid 1 recoge a los huérfanos (los shims de containerd se le reasignan), y un Wait4(-1) pelea con os/exec. Por eso
// todo se lanza desde aquí y un solo bucle recoge a todos.
var children = struct {
	sync.Mutex
	waiting map[int]chan syscall.WaitStatus
}{waiting: map[int]chan syscall.WaitStatus{}}

func reapForever() {
	for {
		var status syscall.WaitStatus
		pid, err := syscall.Wait4(-1, &status, 0, nil)
		if err == syscall.EINTR {
			continue
		}
		if err != nil {
			// Sin hijos: el próximo nacerá en cualquier momento.
			time.Sleep(20 * time.Millisecond)
			continue
		}
		children.Lock()
		done := children.waiting[pid]
		delete(children.waiting, pid)
		children.Unlock()
		if done != nil {
			done <- status
		}
	}
}

type spawnOptions struct {
	env        []string
	files      []uintptr // 0, 1, 2, 3…
	cloneFlags uintptr
}

func spawn(argv []string, options spawnOptions) (int, chan syscall.WaitStatus, error) {
	path, err := lookPath(argv[0])
	if err != nil {
		return 0, nil, err
	}
	done := make(chan syscall.WaitStatus, 1)
	// El cerrojo cierra la carrera entre nacer y ser recogido.
	children.Lock()
	defer children.Unlock()
	pid, err := syscall.ForkExec(path, argv, &syscall.ProcAttr{
		Env:   append(os.Environ(), options.env...),
		Files: options.files,
		Sys:   &syscall.SysProcAttr{Setsid: true, Cloneflags: options.cloneFlags},
	})
	if err != nil {
		return 0, nil, fmt.Errorf("%s: %w", argv[0], err)
	}
	children.waiting[pid] = done
	return pid, done, nil
}

// lookPath como os/exec, pero sin él.
func lookPath(name string) (string, error) {
	if strings.Contains(name, "/") {
		return name, nil
	}
	for _, folder := range append(filepath.SplitList(os.Getenv("PATH")), "/usr/sbin", "/sbin", "/usr/bin", "/bin") {
		if candidate := filepath.Join(folder, name); syscall.Access(candidate, 1) == nil {
			return candidate, nil
		}
	}
	return "", fmt.Errorf("no encuentro el programa «%s»", name)
}

// run ejecuta hasta el final y devuelve lo que escribió si acabó mal.
func run(argv ...string) error {
	reader, writer, err := os.Pipe()
	if err != nil {
		return err
	}
	defer reader.Close()
	null, err := os.Open(os.DevNull)
	if err != nil {
		return err
	}
	defer null.Close()
	_, done, err := spawn(argv, spawnOptions{files: []uintptr{null.Fd(), writer.Fd(), writer.Fd()}})
	writer.Close()
	if err != nil {
		return err
	}
	text := make([]byte, 4096)
	var output []byte
	for {
		n, err := reader.Read(text)
		output = append(output, text[:n]...)
		if err != nil {
			break
		}
	}
	if status := <-done; status.ExitStatus() != 0 {
		return fmt.Errorf("%s: salida %d: %s", strings.Join(argv, " "), status.ExitStatus(), strings.TrimSpace(string(output)))
	}
	return nil
}

// keepRunning lanza el proceso y lo vuelve a lanzar cada vez que muere: cada vez con más calma, hasta dos segundos.
// kube-controller-manager, por ejemplo, se cierra si el apiserver aún no ha creado sus permisos.
func keepRunning(process Process, logs string, isStopping func() bool) {
	pause := 100 * time.Millisecond
	for !isStopping() {
		started := time.Now()
		if err := runLogged(process, logs); err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", process.Name, err)
		}
		if time.Since(started) > 10*time.Second {
			pause = 100 * time.Millisecond
		}
		time.Sleep(pause)
		pause = min(2*pause, 2*time.Second)
	}
}

func runLogged(process Process, logs string) error {
	log, err := os.OpenFile(filepath.Join(logs, process.Name+".log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer log.Close()
	null, err := os.Open(os.DevNull)
	if err != nil {
		return err
	}
	defer null.Close()
	_, done, err := spawn(process.Argv, spawnOptions{env: process.Env, files: []uintptr{null.Fd(), log.Fd(), log.Fd()}})
	if err != nil {
		return err
	}
	status := <-done
	fmt.Fprintf(log, "taller: %s acabó (salida %d, señal %d)\n", process.Name, status.ExitStatus(), status.Signal())
	return nil
}
