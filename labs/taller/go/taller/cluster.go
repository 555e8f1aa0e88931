package main

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"sync"
	"syscall"
)

const bridge = "br0k"

// runCluster es el pid 1 del clúster. Lo que corre aquí y en los nodos muere con él.
func runCluster() error {
	spec, err := readSpec(os.Args[2])
	if err != nil {
		return err
	}
	ready := os.NewFile(3, "ready")
	go reapForever()
	// Las puertas se abren antes de tapar /run y /var: su ruta es la de la máquina.
	control, err := net.Listen("unix", filepath.Join(spec.Folder, "control.sock"))
	if err != nil {
		return err
	}
	door, err := net.Listen("unix", filepath.Join(spec.Folder, "salida.sock"))
	if err != nil {
		return err
	}
	if err := isolateMounts(); err != nil {
		return err
	}
	if err := shadow(append([]string{spec.Folder}, spec.Keep...)); err != nil {
		return err
	}
	for _, folder := range spec.Tmpfs {
		if err := mountTmpfs(folder); err != nil {
			return err
		}
	}
	if err := clusterNetwork(spec); err != nil {
		return err
	}
	cluster := &clusterState{spec: spec, nodes: map[string]*runningNode{}}
	go openDoor(door)
	for _, process := range spec.Processes {
		go keepRunning(process, filepath.Join(spec.Folder, "registros"), func() bool { return false })
	}
	if _, err := ready.Write([]byte{1}); err != nil {
		return err
	}
	ready.Close()
	for {
		client, err := control.Accept()
		if err != nil {
			return err
		}
		go cluster.serve(client)
	}
}

func clusterNetwork(spec Spec) error {
	for _, argv := range [][]string{
		{"ip", "link", "set", "lo", "up"},
		{"ip", "link", "add", bridge, "type", "bridge"},
		{"ip", "addr", "add", fmt.Sprintf("%s/%d", spec.Address, spec.Prefix), "dev", bridge},
		{"ip", "link", "set", bridge, "up"},
	} {
		if err := run(argv...); err != nil {
			return err
		}
	}
	return forwardPackets()
}

// forwardPackets: los dos valores son de cada red, no de la máquina.
func forwardPackets() error {
	if err := os.WriteFile("/proc/sys/net/ipv4/ip_forward", []byte("1"), 0o644); err != nil {
		return err
	}
	// Sin br_netfilter, lo que va de un Pod a otro del mismo nodo no pasa por las reglas del Service.
	if _, err := os.Stat("/proc/sys/net/bridge/bridge-nf-call-iptables"); err != nil {
		return nil
	}
	return os.WriteFile("/proc/sys/net/bridge/bridge-nf-call-iptables", []byte("1"), 0o644)
}

type runningNode struct {
	node Node
	pid  int
	done chan syscall.WaitStatus
}

type clusterState struct {
	sync.Mutex
	spec  Spec
	nodes map[string]*runningNode
}

// Request llega por control.sock: una petición y una respuesta por conexión.
type Request struct {
	// Op: start, kill, cut, mend o list.
	Op   string `json:"op"`
	Name string `json:"name"`
	Node *Node  `json:"node"`
}

type Reply struct {
	Error string   `json:"error,omitempty"`
	Nodes []string `json:"nodes"`
}

func (cluster *clusterState) serve(client net.Conn) {
	defer client.Close()
	var request Request
	reply := Reply{Nodes: []string{}}
	if err := json.NewDecoder(client).Decode(&request); err != nil {
		reply.Error = err.Error()
	} else if err := cluster.handle(request); err != nil {
		reply.Error = err.Error()
	}
	cluster.Lock()
	for name := range cluster.nodes {
		reply.Nodes = append(reply.Nodes, name)
	}
	cluster.Unlock()
	_ = json.NewEncoder(client).Encode(reply)
}

func (cluster *clusterState) handle(request Request) error {
	cluster.Lock()
	defer cluster.Unlock()
	switch request.Op {
	case "list":
		return nil
	case "start":
		if request.Node == nil {
			return fmt.Errorf("falta el nodo")
		}
		if cluster.nodes[request.Node.Name] != nil {
			return nil
		}
		return cluster.start(*request.Node)
	}
	node := cluster.nodes[request.Name]
	if node == nil {
		return fmt.Errorf("el nodo «%s» no está encendido", request.Name)
	}
	switch request.Op {
	case "kill":
		// El núcleo mata containerd, kubelet y contenedores a la vez: un corte de luz.
		if err := syscall.Kill(node.pid, syscall.SIGKILL); err != nil {
			return err
		}
		<-node.done
		delete(cluster.nodes, request.Name)
		return cluster.forget(node.node)
	case "cut":
		return run("ip", "link", "set", wireOf(request.Name), "down")
	case "mend":
		if err := run("ip", "link", "set", wireOf(request.Name), "up"); err != nil {
			return err
		}
		// Al caer el cable se van las rutas que pasaban por él.
		return run("ip", "route", "replace", node.node.PodCIDR, "via", hostOf(node.node.Address))
	}
	return fmt.Errorf("no conozco «%s»", request.Op)
}

// forget borra lo que el núcleo no borra solo. El veth se va con la red del nodo, salvo que alguien siga dentro mirando (nsenter).
func (cluster *clusterState) forget(node Node) error {
	_ = run("ip", "link", "del", wireOf(node.Name))
	_ = run("ip", "route", "del", node.PodCIDR)
	return removeCgroup(node.Cgroup)
}

func (cluster *clusterState) start(node Node) error {
	if err := prepareCgroup(node.Cgroup); err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	reader, writer, err := os.Pipe()
	if err != nil {
		return err
	}
	answer, answerWriter, err := os.Pipe()
	if err != nil {
		return err
	}
	null, err := os.Open(os.DevNull)
	if err != nil {
		return err
	}
	defer null.Close()
	defer answer.Close()
	pid, done, err := spawn([]string{self, "nodo"}, spawnOptions{
		files:      []uintptr{null.Fd(), os.Stdout.Fd(), os.Stderr.Fd(), reader.Fd(), answerWriter.Fd()},
		cloneFlags: syscall.CLONE_NEWNS | syscall.CLONE_NEWPID | syscall.CLONE_NEWNET | syscall.CLONE_NEWUTS | syscall.CLONE_NEWIPC,
	})
	reader.Close()
	answerWriter.Close()
	if err != nil {
		writer.Close()
		return err
	}
	fail := func(err error) error {
		writer.Close()
		_ = syscall.Kill(pid, syscall.SIGKILL)
		<-done
		return err
	}
	wire := wireOf(node.Name)
	for _, argv := range [][]string{
		{"ip", "link", "add", wire, "type", "veth", "peer", "name", "eth0", "netns", fmt.Sprint(pid)},
		{"ip", "link", "set", wire, "master", bridge, "up"},
		{"ip", "route", "replace", node.PodCIDR, "via", hostOf(node.Address)},
	} {
		if err := run(argv...); err != nil {
			return fail(err)
		}
	}
	if err := json.NewEncoder(writer).Encode(node); err != nil {
		return fail(err)
	}
	writer.Close()
	text := make([]byte, 4096)
	n, _ := answer.Read(text)
	if string(text[:n]) != "ok" {
		return fail(fmt.Errorf("el nodo «%s» no arranca: %s", node.Name, text[:n]))
	}
	cluster.nodes[node.Name] = &runningNode{node: node, pid: pid, done: done}
	return nil
}

// wireOf es la punta del cable que queda en el clúster. Los nombres de interfaz tienen 15 letras como mucho.
func wireOf(node string) string { return "ve-" + node }

func hostOf(address string) string {
	for index, letter := range address {
		if letter == '/' {
			return address[:index]
		}
	}
	return address
}
