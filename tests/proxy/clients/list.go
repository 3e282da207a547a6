// Lists apps with Go's default client, as asc does: it is told of neither proxy nor authority.
package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
)

func main() {
	request, _ := http.NewRequest("GET", "https://api.appstoreconnect.apple.com/v1/apps", nil)
	request.Header.Set("Authorization", "Bearer "+os.Getenv("TOKEN"))
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	var apps struct {
		Data []struct {
			Attributes struct{ BundleID string `json:"bundleId"` }
		}
	}
	if err := json.NewDecoder(answer.Body).Decode(&apps); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for _, app := range apps.Data {
		fmt.Println(app.Attributes.BundleID)
	}
}
