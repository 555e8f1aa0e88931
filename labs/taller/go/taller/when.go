package main

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net/http"
	"os"
	"syscall"
	"time"
)

// runWhen espera a que una dirección conteste 200 y se convierte en otro programa:
//
//	taller cuando https://127.0.0.1:6443/readyz ca.crt kube-controller-manager …
//
// kube-controller-manager muere si el kube-apiserver aún no ha creado sus permisos, y si solo le falta un poco lo vuelve
// a mirar un segundo después.
func runWhen() error {
	if len(os.Args) < 5 {
		return fmt.Errorf("faltan la dirección, la CA y el programa")
	}
	authority, err := os.ReadFile(os.Args[3])
	if err != nil {
		return err
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(authority)
	client := &http.Client{
		Timeout:   2 * time.Second,
		Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}},
	}
	for !answers(client, os.Args[2]) {
		time.Sleep(50 * time.Millisecond)
	}
	return syscall.Exec(os.Args[4], os.Args[4:], os.Environ())
}

func answers(client *http.Client, url string) bool {
	response, err := client.Get(url)
	if err != nil {
		return false
	}
	response.Body.Close()
	return response.StatusCode == http.StatusOK
}
