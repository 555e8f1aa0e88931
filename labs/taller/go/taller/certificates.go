package main

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

// CertificateRequests llega por la entrada. Las CA van delante de lo que firman.
type CertificateRequests struct {
	Folder       string               `json:"folder"`
	Certificates []CertificateRequest `json:"certificates"`
	// Keys son pares sueltos, sin certificado: firman los tokens de las ServiceAccount.
	Keys []string `json:"keys"`
}

type CertificateRequest struct {
	Name          string   `json:"name"`
	CommonName    string   `json:"commonName"`
	Organizations []string `json:"organizations"`
	// Names son nombres DNS o direcciones IP.
	Names []string `json:"names"`
	// Authority es el nombre de quien firma; vacío, se firma a sí misma y es una CA.
	Authority string `json:"authority"`
}

type signer struct {
	certificate *x509.Certificate
	key         crypto.Signer
}

func writeCertificates() error {
	var requests CertificateRequests
	if err := json.NewDecoder(os.Stdin).Decode(&requests); err != nil {
		return err
	}
	if err := os.MkdirAll(requests.Folder, 0o700); err != nil {
		return err
	}
	authorities := map[string]signer{}
	for index, request := range requests.Certificates {
		key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			return err
		}
		template := templateOf(request, int64(index+1))
		parent := signer{template, key}
		if request.Authority != "" {
			authority, ok := authorities[request.Authority]
			if !ok {
				return fmt.Errorf("«%s» pide la firma de «%s», que no existe", request.Name, request.Authority)
			}
			parent = authority
		}
		der, err := x509.CreateCertificate(rand.Reader, template, parent.certificate, key.Public(), parent.key)
		if err != nil {
			return err
		}
		authorities[request.Name] = signer{template, key}
		if err := writePEM(filepath.Join(requests.Folder, request.Name+".crt"), "CERTIFICATE", der); err != nil {
			return err
		}
		if err := writeKey(filepath.Join(requests.Folder, request.Name+".key"), key); err != nil {
			return err
		}
	}
	for _, name := range requests.Keys {
		if err := writeKeyPair(requests.Folder, name); err != nil {
			return err
		}
	}
	return nil
}

func templateOf(request CertificateRequest, serial int64) *x509.Certificate {
	// Una hora hacia atrás: el reloj de la máquina puede dar un salto.
	now := time.Now().Add(-time.Hour)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(serial),
		Subject:      pkix.Name{CommonName: request.CommonName, Organization: request.Organizations},
		NotBefore:    now,
		NotAfter:     now.AddDate(1, 0, 0),
		KeyUsage:     x509.KeyUsageDigitalSignature,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	}
	if request.Authority == "" {
		template.IsCA, template.BasicConstraintsValid = true, true
		template.KeyUsage |= x509.KeyUsageCertSign
		template.ExtKeyUsage = nil
		return template
	}
	if len(request.Names) > 0 {
		template.ExtKeyUsage = append(template.ExtKeyUsage, x509.ExtKeyUsageServerAuth)
	}
	for _, name := range request.Names {
		if ip := net.ParseIP(name); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
		} else {
			template.DNSNames = append(template.DNSNames, name)
		}
	}
	return template
}

func writeKeyPair(folder, name string) error {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return err
	}
	if err := writeKey(filepath.Join(folder, name+".key"), key); err != nil {
		return err
	}
	public, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		return err
	}
	return writePEM(filepath.Join(folder, name+".pub"), "PUBLIC KEY", public)
}

func writeKey(path string, key any) error {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	return writePEM(path, "PRIVATE KEY", der)
}

func writePEM(path, kind string, der []byte) error {
	return os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600)
}
