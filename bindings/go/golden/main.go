// SPDX-License-Identifier: Apache-2.0

// Golden prints the answers to those questions of the golden corpus whose facts come as a case. Usage: golden QUESTIONS
package main

import (
	"fmt"
	"hash/fnv"
	"os"
	"strings"
	"time"

	"tutela.example/tutela"
)

var outcomes = []string{"known", "unknown", "undeterminable", "refused", "no_law_in_force", "rule_not_available", "error"}
var statuses = []string{"ok", "invalid_input", "limit", "misuse", "no_memory", "internal"}

func digest(text string) string {
	hash := fnv.New64a()
	hash.Write([]byte(text))
	return fmt.Sprintf("%016x", hash.Sum64())
}

func answer(question []string) (*tutela.Verdict, error) {
	pack, err := tutela.Load(question[2], false)
	if err != nil {
		return nil, err
	}
	defer pack.Close()
	on, _ := time.Parse("2006-01-02", question[4]) // the zero time where there is no day
	return pack.Decide(question[6], question[3], question[5], on)
}

func line(question []string) string {
	verdict, err := answer(question)
	if refused, ok := err.(*tutela.Error); ok {
		found := []string{}
		for i, code := range refused.Codes {
			found = append(found, fmt.Sprintf(`{"code":%d,"pointer":"%s"}`, code, refused.Pointers[i]))
		}
		return fmt.Sprintf(`"refused":"%s","diagnostics":[%s],"message":"%s"`, statuses[refused.Status], strings.Join(found, ","), digest(refused.Message))
	}
	value, missing := "null", ""
	if verdict.Value != "" {
		value = verdict.Value
	}
	if len(verdict.Missing) > 0 {
		missing = `"` + strings.Join(verdict.Missing, `","`) + `"`
	}
	return fmt.Sprintf(`"outcome":"%s","value":%s,"missing":[%s],"explanation":"%s","verdict":"%s"`, outcomes[verdict.Outcome], value, missing, digest(verdict.Explanation), digest(verdict.JSON))
}

func main() {
	questions, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	for _, text := range strings.Split(strings.TrimSpace(string(questions)), "\n") {
		if question := strings.Split(text, "\t"); question[0][0] != '#' && question[1] == "case" {
			fmt.Printf("{\"id\":\"%s\",%s}\n", question[0], line(question))
		}
	}
}
