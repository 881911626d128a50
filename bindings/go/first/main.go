// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"log"
	"time"

	"tutela.example/tutela"
)

func main() {
	law, err := tutela.Load("md/child-protection", false)
	if err != nil {
		log.Fatal(err) // all that is wrong
	}
	defer law.Close()
	on := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC) // there is no clock: the day is always an argument
	child := `{"format":"tutela-case/1","id":"c-1","jurisdiction":"MD","kind":"child_protection","facts":{%s}}`
	for _, facts := range []string{`"person.birth_date":"2025-01-10"`, `"person.birth_date":"2025-01-10","family.vulnerable":true`} {
		verdict, err := law.Decide(fmt.Sprintf(child, facts), "day_service", "en", on)
		if err != nil {
			log.Fatal(err)
		}
		if verdict.Outcome == 0 {
			fmt.Println("known:", verdict.Value) // verdict.Explanation says why
		} else {
			fmt.Println("unknown: ask", verdict.Missing[0]) // a missing fact is never a "no"
		}
	}
}
