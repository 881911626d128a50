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
        C;
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
    public function decide(string $case, string $decision, string $on, string $language = 'en'): array
    {
        [$session, $verdict] = [$this->library->new('void*'), $this->library->new('void*')];
        try {
            $this->call('tutela_session_new', $this->pack, FFI::addr($session));
            $this->call('tutela_session_set_case', $session, $case, strlen($case));
            $options = $this->sized('tutela_decide_options');
            [$options->on->year, $options->on->month, $options->on->day] = array_map('intval', explode('-', $on));
            $this->call('tutela_session_decide', $session, $decision, strlen($decision), FFI::addr($options), FFI::addr($verdict));
            $summary = $this->sized('tutela_verdict_summary');
            $this->library->tutela_verdict_summarise($verdict, FFI::addr($summary));
            $missing = [];
            $fact = $this->library->new('tutela_view');
            while ($this->library->tutela_verdict_missing($verdict, count($missing), FFI::addr($fact)) === 0) $missing[] = self::text($fact);
            $outcome = ['known', 'unknown', 'undeterminable', 'refused', 'no_law_in_force', 'rule_not_available', 'error'][$summary->outcome];
            return ['outcome' => $outcome, 'value' => self::text($summary->value), 'missing' => $missing,
                'explanation' => $this->taken('tutela_verdict_explain', $verdict, $language, strlen($language)),
                'json' => $this->taken('tutela_verdict_json', $verdict)];
        } finally {
            $this->library->tutela_verdict_free($verdict);
            $this->library->tutela_session_free($session);
        }
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

/** Everything that was wrong with one call; the code is its status. */
final class TutelaError extends RuntimeException
{
    public array $diagnostics = [];
}
