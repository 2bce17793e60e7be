package sim

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"
)

// BenchmarkSendMessage is the server's share of one sendMessage, without the network.
func BenchmarkSendMessage(b *testing.B) {
	server := New(Options{})
	siti := server.Person(Person{FirstName: "Siti"})
	server.Say(Message{Chat: siti, Person: siti, Text: "/start"})
	body := []byte(`{"chat_id":` + strconv.FormatInt(siti, 10) + `,"text":"<b>T-12</b> Rekap tonase bank sampah","parse_mode":"HTML",` +
		`"reply_markup":{"inline_keyboard":[[{"text":"Siap","callback_data":"v1:t:12:ok","copy_text":{"text":""}},` +
		`{"text":"Ubah tenggat","callback_data":"v1:t:12:due","copy_text":{"text":""}}]]}}`)
	handler := server.Handler()
	b.ReportAllocs()
	for b.Loop() {
		request := httptest.NewRequest(http.MethodPost, "/bot"+server.Token()+"/sendMessage", bytes.NewReader(body))
		request.Header.Set("Content-Type", "application/json")
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, request)
		if answer.Code != http.StatusOK {
			b.Fatal(answer.Body)
		}
	}
}
