//go:build nunca

// No se compila: está para que `go mod tidy` conserve en go.mod y go.sum lo que piden la batería de conformidad y su imagen,
// que se construyen desde este mismo módulo y así aprovechan lo ya compilado para hyper.
package main

import (
	_ "k8s.io/kubernetes/test/e2e"
	_ "k8s.io/kubernetes/test/images/agnhost"
)
