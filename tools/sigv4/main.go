// Signs requests with Prometheus' own code for AWS Signature Version 4, which distributions such as Debian leave out of their builds.
//
//	go run . prometheus.yml http://127.0.0.1:PORT
//
// A proxy on the loopback address: it prints its URL, and sends what it receives to the second argument, signed as the first
// `remote_write` of the file says.
package main

import (
	"fmt"
	"log"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"

	"github.com/prometheus/sigv4"
	"gopkg.in/yaml.v2"
)

type configuration struct {
	RemoteWrite []struct {
		SigV4 sigv4.SigV4Config `yaml:"sigv4"`
	} `yaml:"remote_write"`
}

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: sigv4 prometheus.yml URL")
	}
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	var config configuration
	if err := yaml.Unmarshal(text, &config); err != nil {
		log.Fatal(err)
	}
	if len(config.RemoteWrite) == 0 {
		log.Fatal("no remote_write in the file")
	}
	signer, err := sigv4.NewSigV4RoundTripper(&config.RemoteWrite[0].SigV4, http.DefaultTransport)
	if err != nil {
		log.Fatal(err)
	}
	target, err := url.Parse(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("http://%s\n", listener.Addr())
	proxy := &httputil.ReverseProxy{
		Rewrite: func(request *httputil.ProxyRequest) {
			request.SetURL(target)
			request.Out.Host = target.Host
		},
		Transport: signer,
	}
	log.Fatal(http.Serve(listener, proxy))
}
