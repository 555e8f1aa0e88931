package main

import (
	"encoding/json"
	"os"
)

// Spec es lo que el supervisor necesita para levantar un clúster. Lo escribe labs/taller/cluster/spec.ts.
type Spec struct {
	// Folder guarda sockets y registros. Existe mientras viva el clúster.
	Folder string `json:"folder"`
	// Keep son carpetas que deben verse dentro aunque estén bajo /etc, /opt o /var.
	Keep []string `json:"keep"`
	// Address y Prefix son los del puente, dentro de la red del clúster: «192.168.77.1» y 24.
	Address string `json:"address"`
	Prefix  int    `json:"prefix"`
	// API es adonde se lleva lo que llega al puerto de la máquina.
	API string `json:"api"`
	// Port de 127.0.0.1 en la máquina; 0, uno libre.
	Port int `json:"port"`
	// Tmpfs son carpetas en memoria para el plano de control.
	Tmpfs     []string  `json:"tmpfs"`
	Processes []Process `json:"processes"`
}

// Process se vuelve a lanzar cada vez que acabe.
type Process struct {
	Name string   `json:"name"`
	Argv []string `json:"argv"`
	Env  []string `json:"env"`
}

// Node es un nodo: una red, un árbol de procesos y unos montajes propios.
type Node struct {
	Name string `json:"name"`
	// Address con su prefijo: «192.168.77.11/24». Gateway, la del puente.
	Address string `json:"address"`
	Gateway string `json:"gateway"`
	// PodCIDR se alcanza por este nodo; Routes, lo que se alcanza por los demás.
	PodCIDR string   `json:"podCidr"`
	Routes  []Route  `json:"routes"`
	Tmpfs   []string `json:"tmpfs"`
	Binds   []Bind   `json:"binds"`
	// Cgroup, relativo a la raíz: «/bitacora-1a2b3c4d/nodo1».
	Cgroup    string    `json:"cgroup"`
	Processes []Process `json:"processes"`
	// Logs es la carpeta de registros, la misma del clúster.
	Logs string `json:"logs"`
}

type Route struct {
	To  string `json:"to"`
	Via string `json:"via"`
}

// Bind deja ver From en To, dentro del nodo.
type Bind struct {
	From string `json:"from"`
	To   string `json:"to"`
}

func readSpec(path string) (Spec, error) {
	var spec Spec
	text, err := os.ReadFile(path)
	if err != nil {
		return spec, err
	}
	return spec, json.Unmarshal(text, &spec)
}
