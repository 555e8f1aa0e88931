package main

import (
	"encoding/json"
	"os"
	"syscall"
)

// runNode es el pid 1 de un nodo. Espera por el descriptor 3 a que le den su cable, y contesta por el 4.
func runNode() error {
	go reapForever()
	answer := os.NewFile(4, "answer")
	var node Node
	if err := json.NewDecoder(os.NewFile(3, "spec")).Decode(&node); err != nil {
		return err
	}
	if err := prepareNode(node); err != nil {
		_, _ = answer.WriteString(err.Error())
		return err
	}
	for _, process := range node.Processes {
		named := process
		named.Name = node.Name + "-" + process.Name
		go keepRunning(named, node.Logs, func() bool { return false })
	}
	_, _ = answer.WriteString("ok")
	answer.Close()
	select {}
}

func prepareNode(node Node) error {
	if err := syscall.Sethostname([]byte(node.Name)); err != nil {
		return wrap("poner el nombre", err)
	}
	if err := isolateMounts(); err != nil {
		return err
	}
	// Lo que se enlaza está en disco: hay que llegar a ello antes de poner un /run nuevo, y desde él después.
	if err := mountTmpfs("/run"); err != nil {
		return err
	}
	for _, folder := range node.Tmpfs {
		if err := mountTmpfs(folder); err != nil {
			return err
		}
	}
	for _, each := range node.Binds {
		if err := bind(each.From, each.To); err != nil {
			return err
		}
	}
	// El kubelet propaga los montajes de los volúmenes a los contenedores: tienen que verse desde dentro de cada uno.
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_SHARED, ""); err != nil {
		return wrap("compartir los montajes", err)
	}
	if err := hideSysctls(); err != nil {
		return err
	}
	commands := [][]string{
		{"ip", "link", "set", "lo", "up"},
		{"ip", "addr", "add", node.Address, "dev", "eth0"},
		{"ip", "link", "set", "eth0", "up"},
		{"ip", "route", "add", "default", "via", node.Gateway},
	}
	for _, route := range node.Routes {
		commands = append(commands, []string{"ip", "route", "add", route.To, "via", route.Via})
	}
	for _, argv := range commands {
		if err := run(argv...); err != nil {
			return err
		}
	}
	return forwardPackets()
}
