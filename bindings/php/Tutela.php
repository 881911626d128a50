<?php
// SPDX-License-Identifier: Apache-2.0
// Tutela from PHP by FFI (ffi.enable=1): facts of one person in, a verdict with its reasons out. Declares what it calls
// of tutela.h, under the names that it has there.

final class Tutela
{
    private const DECLARATIONS = <<<'C'
        typedef struct { const char* data; size_t length; } tutela_view;
        typedef struct { char* data; size_t length; } tutela_text;
        typedef struct { uint32_t struct_size, code, severity, line, column, reserved; tutela_view file, pointer, what, mend; } tutela_diagnostic;
        typedef struct { int32_t year, month, day; } tutela_date;
        typedef struct { uint32_t struct_size; int32_t include_unverified; tutela_date on, law_on, known_on; int32_t reserved; void* limits; } tutela_decide_options;
        typedef struct { uint32_t struct_size; int32_t outcome, boolean; uint32_t missing_count; tutela_view value; } tutela_verdict_summary;
        typedef struct { uint64_t slot; int64_t value; int32_t holds, reserved; } tutela_cell;
        typedef struct { uint32_t struct_size; int32_t outcome, boolean, reserved; tutela_view value; } tutela_answer;
        void tutela_text_free(tutela_text*); void tutela_error_free(void*); void tutela_pack_free(void*);
        void tutela_session_free(void*); void tutela_verdict_free(void*);
        int32_t tutela_error_message(void*, tutela_view*); int32_t tutela_error_at(void*, size_t, tutela_diagnostic*);
        int32_t tutela_pack_load(int32_t, const char*, size_t, void*, void**, void**);
        int32_t tutela_session_new(void*, void**, void**);
        int32_t tutela_session_set_case(void*, const char*, size_t, void**);
        int32_t tutela_session_decide(void*, const char*, size_t, tutela_decide_options*, void**, void**);
        int32_t tutela_verdict_summarise(void*, tutela_verdict_summary*);
        int32_t tutela_verdict_missing(void*, size_t, tutela_view*);
        int32_t tutela_verdict_explain(void*, const char*, size_t, tutela_text*, void**);
        int32_t tutela_verdict_json(void*, tutela_text*, void**);
        int32_t tutela_pack_slot(void*, const char*, size_t, uint64_t*, void**);
        int32_t tutela_decision_new(void*, const char*, size_t, tutela_decide_options*, void**, void**);
        void tutela_decision_free(void*);
        int32_t tutela_session_answer_row(void*, tutela_cell*, size_t, void*, tutela_answer*, void**);
        C;
    private const OUTCOMES = ['known', 'unknown', 'undeterminable', 'refused', 'no_law_in_force', 'rule_not_available', 'error'];
    private FFI $library;
    private FFI\CData $pack;

    /** Loads a shipped pack, a pack folder or a .dmn file; throws TutelaError with all that is wrong. */
    public function __construct(string $pack, string $library = 'libtutela_c.so')
    {
        $this->library = FFI::cdef(self::DECLARATIONS, $library);
        $this->pack = $this->library->new('void*');
        $this->call('tutela_pack_load', 0, $pack, strlen($pack), null, FFI::addr($this->pack));
    }

    public function __destruct() { $this->library->tutela_pack_free($this->pack); }

    /** Answers one decision from one case (JSON, tutela-case/1) on a day such as 2026-03-02. */
    public function decide(string $case, string $decision, ?string $on, string $language = 'en'): array
    {
        [$session, $verdict] = [$this->library->new('void*'), $this->library->new('void*')];
        try {
            $this->call('tutela_session_new', $this->pack, FFI::addr($session));
            $this->call('tutela_session_set_case', $session, $case, strlen($case));
            $options = $this->asked($on);
            $this->call('tutela_session_decide', $session, $decision, strlen($decision), FFI::addr($options), FFI::addr($verdict));
            $summary = $this->sized('tutela_verdict_summary');
            $this->library->tutela_verdict_summarise($verdict, FFI::addr($summary));
            $missing = [];
            $fact = $this->library->new('tutela_view');
            while ($this->library->tutela_verdict_missing($verdict, count($missing), FFI::addr($fact)) === 0) $missing[] = self::text($fact);
            return ['outcome' => self::OUTCOMES[$summary->outcome], 'value' => self::text($summary->value), 'missing' => $missing,
                'explanation' => $this->taken('tutela_verdict_explain', $verdict, $language, strlen($language)),
                'json' => $this->taken('tutela_verdict_json', $verdict)];
        } finally {
            $this->library->tutela_verdict_free($verdict);
            $this->library->tutela_session_free($session);
        }
    }

    /**
     * A function that sets the facts of one person in one call and answers without reasons: bool, int, a day (DateTimeInterface),
     * 'none' or 'uncertain' for each of the facts, in their order; null is not asked yet. It gives outcome and value (JSON or '').
     */
    public function row(string $decision, ?string $on, string ...$facts): Closure
    {
        [$session, $asked] = [$this->library->new('void*'), $this->library->new('void*')];
        $held = new TutelaHeld(function () use ($session, $asked) {
            $this->library->tutela_session_free($session);
            $this->library->tutela_decision_free($asked);
        });
        $cells = $this->library->new('tutela_cell[' . (count($facts) + 1) . ']');
        foreach (array_values($facts) as $i => $fact) $this->call('tutela_pack_slot', $this->pack, $fact, strlen($fact), FFI::addr($cells[$i]->slot));
        $options = $this->asked($on);
        $this->call('tutela_decision_new', $this->pack, $decision, strlen($decision), FFI::addr($options), FFI::addr($asked));
        $this->call('tutela_session_new', $this->pack, FFI::addr($session));
        $answer = $this->sized('tutela_answer');
        return function (bool|int|string|DateTimeInterface|null ...$values) use ($held, $session, $asked, $cells, $answer, $facts): array {
            if (count($values) !== count($facts)) throw new ArgumentCountError('one value is needed for each of the ' . count($facts) . ' facts');
            foreach (array_values($values) as $i => $value) [$cells[$i]->holds, $cells[$i]->value] = self::cell($value);
            $this->call('tutela_session_answer_row', $session, FFI::addr($cells[0]), count($facts), $asked, FFI::addr($answer));
            return ['outcome' => self::OUTCOMES[$answer->outcome], 'value' => self::text($answer->value)];
        };
    }

    /** What a cell holds, and its number. */
    private static function cell(bool|int|string|DateTimeInterface|null $value): array
    {
        return match (true) {
            $value === null => [0, 0],
            $value === 'none' => [1, 0],
            $value === 'uncertain' => [2, 0],
            is_bool($value) => [3, (int) $value],
            is_int($value) => [4, $value],
            $value instanceof DateTimeInterface => [5, (int) $value->format('Ymd')],
            default => throw new TypeError('a row holds no texts'),
        };
    }

    private function asked(?string $on): FFI\CData
    {
        $options = $this->sized('tutela_decide_options');
        if ($on !== null) [$options->on->year, $options->on->month, $options->on->day] = array_map('intval', explode('-', $on));
        return $options;
    }

    private function sized(string $type): FFI\CData
    {
        $made = $this->library->new($type);
        $made->struct_size = FFI::sizeof($made);
        return $made;
    }

    private static function text(FFI\CData $view): string { return $view->length === 0 ? '' : FFI::string($view->data, $view->length); }

    private function taken(string $function, mixed ...$arguments): string
    {
        $out = $this->library->new('tutela_text');
        $this->call($function, ...[...$arguments, FFI::addr($out)]);
        $text = self::text($out);
        $this->library->tutela_text_free(FFI::addr($out));
        return $text;
    }

    private function call(string $function, mixed ...$arguments): void
    {
        $error = $this->library->new('void*');
        $status = $this->library->$function(...[...$arguments, FFI::addr($error)]);
        if ($status === 0) return;
        [$message, $found] = [$this->library->new('tutela_view'), $this->sized('tutela_diagnostic')];
        $this->library->tutela_error_message($error, FFI::addr($message));
        $refused = new TutelaError(self::text($message), $status);
        while ($this->library->tutela_error_at($error, count($refused->diagnostics), FFI::addr($found)) === 0)
            $refused->diagnostics[] = ['code' => $found->code, 'pointer' => self::text($found->pointer), 'what' => self::text($found->what), 'mend' => self::text($found->mend)];
        $this->library->tutela_error_free($error);
        throw $refused;
    }
}

/** Gives something back to the library when nobody uses it any more. */
final class TutelaHeld
{
    public function __construct(private Closure $free) {}
    public function __destruct() { ($this->free)(); }
}

/** Everything that was wrong with one call; the code is its status. */
final class TutelaError extends RuntimeException
{
    public array $diagnostics = [];
}
