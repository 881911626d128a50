// SPDX-License-Identifier: Apache-2.0

// Package tutela calls the C library through cgo: facts of one person in, a verdict with its reasons out. Set CGO_CFLAGS
// and CGO_LDFLAGS where the library is not installed.
package tutela

/*
#cgo LDFLAGS: -ltutela_c
#include <stdlib.h>
#include <tutela-c/tutela.h>
*/
import "C"

import (
	"time"
	"unsafe"
)

// A Pack is the rules of one legal order, or of one DMN file; any number of goroutines may share it.
type Pack struct{ handle *C.tutela_pack }

// A Verdict is the answer to one decision, and why. Outcome counts as tutela_outcome does; 0 is a known answer.
type Verdict struct {
	Outcome           int
	Value             string // JSON; empty unless known
	Missing           []string
	Explanation, JSON string
}

// An Error is everything that was wrong with one call. Pointers and Codes are those of its findings, in order.
type Error struct {
	Status   int
	Message  string
	Codes    []uint32
	Pointers []string
}

func (e *Error) Error() string { return e.Message }

func check(status C.tutela_status, e *C.tutela_error) error {
	if status == C.TUTELA_OK {
		return nil
	}
	defer C.tutela_error_free(e)
	var message C.tutela_view
	C.tutela_error_message(e, &message)
	found := &Error{Status: int(status), Message: text(message)}
	one := C.tutela_diagnostic{struct_size: C.sizeof_tutela_diagnostic}
	for i := C.size_t(0); C.tutela_error_at(e, i, &one) == C.TUTELA_OK; i++ {
		found.Codes = append(found.Codes, uint32(one.code))
		found.Pointers = append(found.Pointers, text(one.pointer))
	}
	return found
}

func text(view C.tutela_view) string { return C.GoStringN(view.data, C.int(view.length)) }

func taken(out *C.tutela_text) string {
	defer C.tutela_text_free(out)
	return C.GoStringN(out.data, C.int(out.length))
}

// given is a text for one call; free it afterwards.
func given(s string) (*C.char, C.size_t, func()) {
	data := C.CString(s)
	return data, C.size_t(len(s)), func() { C.free(unsafe.Pointer(data)) }
}

// Load loads a shipped pack, a pack folder or a .dmn file by name; with document, name is the DMN text itself.
func Load(name string, document bool) (*Pack, error) {
	data, length, free := given(name)
	defer free()
	from := C.tutela_from(C.TUTELA_FROM_NAME)
	if document {
		from = C.TUTELA_FROM_MEMORY
	}
	pack, e := &Pack{}, (*C.tutela_error)(nil)
	return pack, check(C.tutela_pack_load(from, data, length, nil, &pack.handle, &e), e)
}

// Close gives the pack back.
func (p *Pack) Close() { C.tutela_pack_free(p.handle) }

// Decide answers one decision from the facts of one case (tutela-case/1) on a day; the zero time is no day.
func (p *Pack) Decide(caseJSON, decision, language string, on time.Time) (*Verdict, error) {
	var session *C.tutela_session
	var e *C.tutela_error
	if err := check(C.tutela_session_new(p.handle, &session, &e), e); err != nil {
		return nil, err
	}
	defer C.tutela_session_free(session)
	facts, length, free := given(caseJSON)
	defer free()
	if err := check(C.tutela_session_set_case(session, facts, length, &e), e); err != nil {
		return nil, err
	}
	return p.answer(session, decision, language, on)
}

func optionsFor(on time.Time) C.tutela_decide_options {
	options := C.tutela_decide_options{struct_size: C.sizeof_tutela_decide_options}
	if !on.IsZero() {
		options.on = C.tutela_date{C.int32_t(on.Year()), C.int32_t(on.Month()), C.int32_t(on.Day())}
	}
	return options
}

func (p *Pack) answer(session *C.tutela_session, decision, language string, on time.Time) (*Verdict, error) {
	var e *C.tutela_error
	var handle *C.tutela_verdict
	options := optionsFor(on)
	name, length, free := given(decision)
	defer free()
	if err := check(C.tutela_session_decide(session, name, length, &options, &handle, &e), e); err != nil {
		return nil, err
	}
	defer C.tutela_verdict_free(handle)
	summary := C.tutela_verdict_summary{struct_size: C.sizeof_tutela_verdict_summary}
	C.tutela_verdict_summarise(handle, &summary)
	verdict := &Verdict{Outcome: int(summary.outcome), Value: text(summary.value)}
	var fact C.tutela_view
	for i := C.size_t(0); C.tutela_verdict_missing(handle, i, &fact) == C.TUTELA_OK; i++ {
		verdict.Missing = append(verdict.Missing, text(fact))
	}
	var out C.tutela_text
	code, codeLength, freeCode := given(language)
	defer freeCode()
	if err := check(C.tutela_verdict_explain(handle, code, codeLength, &out, &e), e); err != nil {
		return nil, err
	}
	verdict.Explanation = taken(&out)
	if err := check(C.tutela_verdict_json(handle, &out, &e), e); err != nil {
		return nil, err
	}
	verdict.JSON = taken(&out)
	return verdict, nil
}
