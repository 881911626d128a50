// SPDX-License-Identifier: Apache-2.0

package tutela

// #include <tutela-c/tutela.h>
import "C"

import "time"

// A Row has places for the same facts of one person after another: filled without a call, set and answered by one. A place
// that nothing was put into is unknown. For one goroutine at a time.
type Row struct {
	session  *C.tutela_session
	decision *C.tutela_decision
	cells    []C.tutela_cell
}

// Row makes places for facts, in their order, and looks up the decision that is asked; the zero time is no day.
func (p *Pack) Row(decision string, on time.Time, facts ...string) (*Row, error) {
	row := &Row{cells: make([]C.tutela_cell, len(facts)+1)} // and one that is not used, so that there is a first one
	var e *C.tutela_error
	for i, fact := range facts {
		name, length, free := given(fact)
		err := check(C.tutela_pack_slot(p.handle, name, length, &row.cells[i].slot, &e), e)
		free()
		if err != nil {
			return nil, err
		}
	}
	options := optionsFor(on)
	name, length, free := given(decision)
	defer free()
	if err := check(C.tutela_decision_new(p.handle, name, length, &options, &row.decision, &e), e); err != nil {
		return nil, err
	}
	if err := check(C.tutela_session_new(p.handle, &row.session, &e), e); err != nil {
		row.Close()
		return nil, err
	}
	return row, nil
}

// Close gives back what the library holds.
func (r *Row) Close() {
	C.tutela_session_free(r.session)
	C.tutela_decision_free(r.decision)
}

func (r *Row) put(place int, holds C.int32_t, value int64) {
	r.cells[:len(r.cells)-1][place].holds = holds
	r.cells[place].value = C.int64_t(value)
}

// Boolean puts a Boolean at a place.
func (r *Row) Boolean(place int, value bool) {
	number := int64(0)
	if value {
		number = 1
	}
	r.put(place, C.TUTELA_CELL_BOOLEAN, number)
}

// Integer puts a whole number at a place.
func (r *Row) Integer(place int, value int64) { r.put(place, C.TUTELA_CELL_INTEGER, value) }

// Date puts a day of the years from 1 on at a place.
func (r *Row) Date(place int, day time.Time) {
	r.put(place, C.TUTELA_CELL_DATE, int64(day.Year())*10000+int64(day.Month())*100+int64(day.Day()))
}

// None says that it was asked and there is none.
func (r *Row) None(place int) { r.put(place, C.TUTELA_CELL_NONE, 0) }

// Uncertain says that it was asked and cannot be known.
func (r *Row) Uncertain(place int) { r.put(place, C.TUTELA_CELL_UNCERTAIN, 0) }

// Unknown says that it was not asked.
func (r *Row) Unknown(place int) { r.put(place, C.TUTELA_CELL_UNKNOWN, 0) }

// Answer sets all facts and answers, without reasons: the outcome as tutela_outcome counts, the value as JSON when known.
func (r *Row) Answer() (outcome int, value string, err error) {
	var e *C.tutela_error
	answer := C.tutela_answer{struct_size: C.sizeof_tutela_answer}
	status := C.tutela_session_answer_row(r.session, &r.cells[0], C.size_t(len(r.cells)-1), r.decision, &answer, &e)
	if err := check(status, e); err != nil {
		return int(C.TUTELA_OUTCOME_UNKNOWN), "", err
	}
	return int(answer.outcome), text(answer.value), nil
}
