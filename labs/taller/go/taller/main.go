// taller crea los espacios de nombres de Linux en los que vive un clúster de Kubernetes, y los deshace.
//
// No sabe nada de Kubernetes: quien lo llama le dice qué procesos correr dónde (labs/taller/cluster). Tres de sus papeles
// solo se los da él mismo:
//
//	taller certificados   lee una lista por la entrada y escribe cada certificado con su clave
//	taller supervisor     en la máquina: crea el clúster, escucha en 127.0.0.1 y lo mata todo al morir
//	taller cluster        pid 1 del clúster: red, montajes y plano de control
//	taller nodo           pid 1 de un nodo
//	taller cuando         espera a que algo conteste y se convierte en otro programa
package main

import (
	"fmt"
	"os"
)

func main() {
	roles := map[string]func() error{
		"certificados": writeCertificates,
		"supervisor":   runSupervisor,
		"cluster":      runCluster,
		"nodo":         runNode,
		"cuando":       runWhen,
	}
	if len(os.Args) < 2 || roles[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "taller: uso interno de «npm run taller»")
		os.Exit(2)
	}
	if err := roles[os.Args[1]](); err != nil {
		fmt.Fprintf(os.Stderr, "taller %s: %v\n", os.Args[1], err)
		os.Exit(1)
	}
}
