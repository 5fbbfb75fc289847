// Prints what Go's HTTP client asks for when it is given a URL: one JSON text a line in, one JSON object a line out.
package main

import (
	"bufio"
	"encoding/json"
	"log"
	"net/http"
	"os"
)

type answer struct {
	Target string `json:"target,omitempty"`
	Error  string `json:"error,omitempty"`
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	out := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		var url string
		if err := json.Unmarshal(lines.Bytes(), &url); err != nil {
			log.Fatal(err)
		}
		request, err := http.NewRequest(http.MethodPost, url, nil)
		if err != nil {
			out.Encode(answer{Error: err.Error()})
			continue
		}
		out.Encode(answer{Target: request.URL.RequestURI()})
	}
	if err := lines.Err(); err != nil {
		log.Fatal(err)
	}
}
