package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"strings"
	"time"
)

// Un socket TCP pertenece a la red donde nace, pero uno de dominio Unix se alcanza por su ruta: es la puerta entre la red
// de la máquina y la del clúster. Quien entra dice en la primera línea adónde quiere ir: «192.168.77.1:6443».

// forwardPort lleva cada conexión de la máquina a `destination`, por la puerta del clúster.
func forwardPort(listener net.Listener, door, destination string) {
	for {
		client, err := listener.Accept()
		if err != nil {
			return
		}
		go func() {
			inside, err := net.Dial("unix", door)
			if err != nil {
				client.Close()
				return
			}
			if _, err := fmt.Fprintf(inside, "%s\n", destination); err != nil {
				client.Close()
				inside.Close()
				return
			}
			join(client, client, inside)
		}()
	}
}

// openDoor, dentro del clúster, marca por quien entra.
func openDoor(listener net.Listener) {
	for {
		client, err := listener.Accept()
		if err != nil {
			return
		}
		go func() {
			reader := bufio.NewReader(client)
			destination, err := reader.ReadString('\n')
			if err != nil {
				client.Close()
				return
			}
			inside, err := net.DialTimeout("tcp", strings.TrimSpace(destination), 5*time.Second)
			if err != nil {
				client.Close()
				return
			}
			join(client, reader, inside)
		}()
	}
}

type halfCloser interface{ CloseWrite() error }

// join copia en los dos sentidos. Que un lado acabe de hablar no corta al otro: cada sentido se cierra por su cuenta.
func join(client net.Conn, fromClient io.Reader, inside net.Conn) {
	done := make(chan struct{}, 2)
	copyHalf := func(to net.Conn, from io.Reader) {
		_, _ = io.Copy(to, from)
		if half, ok := to.(halfCloser); ok {
			_ = half.CloseWrite()
		}
		done <- struct{}{}
	}
	go copyHalf(inside, fromClient)
	go copyHalf(client, inside)
	<-done
	<-done
	client.Close()
	inside.Close()
}
