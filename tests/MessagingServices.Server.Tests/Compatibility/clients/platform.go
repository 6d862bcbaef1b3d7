// Go's own client, which Twilio's SDK uses.
package main

import (
	"log"
	"net/http"
	"net/url"
	"os"
	"strings"
)

func main() {
	sid := os.Getenv("TWILIO_ACCOUNT_SID")
	form := url.Values{"To": {"+14155550123"}, "From": {"+14155550100"}, "Body": {"Hello"}}.Encode()
	request, err := http.NewRequest("POST", "https://api.twilio.com/2010-04-01/Accounts/"+sid+"/Messages.json", strings.NewReader(form))
	if err != nil {
		log.Fatal(err)
	}
	request.SetBasicAuth(sid, os.Getenv("TWILIO_AUTH_TOKEN"))
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		log.Fatal(err)
	}
	if answer.StatusCode != 201 {
		log.Fatal(answer.Status)
	}
}
