// SPDX-License-Identifier: Apache-2.0

// Golden prints the answers to those questions of the golden corpus whose facts come as a case; or by a row, without their
// reasons, to those whose facts a row can hold. Usage: golden QUESTIONS SWIMMING_DMN [rows]
package main

import (
	"fmt"
	"hash/fnv"
	"os"
	"strconv"
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

// filled makes a row of facts such as name=boolean:true; false where a row cannot hold them.
func filled(pack *tutela.Pack, question []string) (*tutela.Row, bool, error) {
	items := strings.Split(question[6], ";")
	names := make([]string, len(items))
	for i, item := range items {
		names[i], items[i], _ = strings.Cut(item, "=")
	}
	on, _ := time.Parse("2006-01-02", question[4])
	row, err := pack.Row(question[3], on, names...)
	if err != nil {
		return nil, true, err
	}
	for i, item := range items {
		kind, text, _ := strings.Cut(item, ":")
		number, _ := strconv.ParseInt(text, 10, 64)
		day, wrong := time.Parse("2006-01-02", text)
		switch {
		case kind == "boolean":
			row.Boolean(i, text == "true")
		case kind == "integer":
			row.Integer(i, number)
		case kind == "date" && wrong == nil:
			row.Date(i, day)
		case kind == "state":
			map[string]func(int){"none": row.None, "uncertain": row.Uncertain, "unknown": row.Unknown}[text](i)
		default:
			row.Close()
			return nil, false, nil
		}
	}
	return row, true, nil
}

// byRow is the line of a question that is answered by a row; empty where it is refused or cannot be held.
func byRow(question []string, swimming string) string {
	name := question[2]
	if name == "swimming" {
		name = swimming
	}
	pack, err := tutela.Load(name, false)
	if err != nil {
		panic(err)
	}
	defer pack.Close()
	row, held, err := filled(pack, question)
	if err != nil || !held {
		return ""
	}
	defer row.Close()
	outcome, value, err := row.Answer()
	if err != nil {
		return ""
	}
	if value == "" {
		value = "null"
	}
	return fmt.Sprintf("{\"id\":\"%s\",\"outcome\":\"%s\",\"value\":%s}\n", question[0], outcomes[outcome], value)
}

func main() {
	questions, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	for _, text := range strings.Split(strings.TrimSpace(string(questions)), "\n") {
		question := strings.Split(text, "\t")
		rows := len(os.Args) > 3
		if rows && question[0][0] != '#' && question[1] == "slots" && question[6] != "-" {
			fmt.Print(byRow(question, os.Args[2]))
		} else if !rows && question[0][0] != '#' && question[1] == "case" {
			fmt.Printf("{\"id\":\"%s\",%s}\n", question[0], line(question))
		}
	}
}
