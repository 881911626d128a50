<?php
// SPDX-License-Identifier: Apache-2.0
// The answers to those questions of the golden corpus whose facts come as a case; or by a row, without their reasons, to those
// whose facts a row can hold. Usage: golden.php LIBRARY QUESTIONS SWIMMING_DMN [rows]
require __DIR__ . '/Tutela.php';

const STATUSES = ['ok', 'invalid_input', 'limit', 'misuse', 'no_memory', 'internal'];
$digest = fn (string $text): string => hash('fnv1a64', $text);

/** A fact such as boolean:true as a row takes it; false where it cannot. */
function in_row(string $fact): mixed
{
    [$kind, $text] = explode(':', $fact, 2);
    return match ($kind) {
        'boolean' => ['boolean' => $text === 'true'],
        'integer' => ['integer' => (int) $text],
        'date' => checkdate(...array_map('intval', explode('-', substr($text, 5) . '-' . substr($text, 0, 4)))) ? ['date' => new DateTimeImmutable($text)] : false,
        'state' => ['state' => $text === 'unknown' ? null : $text],
        default => false,
    };
}

/** The line of a question that is answered by a row; empty where it is refused or cannot be held. */
function by_row(array $question, string $library, string $swimming): string
{
    [$id, $door, $pack, $decision, $on, , $facts] = $question;
    if ($door !== 'slots' || $facts === '-') return '';
    $given = array_map(fn ($item) => explode('=', $item, 2), explode(';', $facts));
    $values = array_map(fn ($item) => in_row($item[1]), $given);
    if (in_array(false, $values, true)) return '';
    try {
        $row = (new Tutela($pack === 'swimming' ? $swimming : $pack, $library))->row($decision, $on === '-' ? null : $on, ...array_column($given, 0));
        $answer = $row(...array_map(fn ($value) => reset($value), $values));
        return "{\"id\":\"$id\",\"outcome\":\"{$answer['outcome']}\",\"value\":" . ($answer['value'] ?: 'null') . "}\n";
    } catch (TutelaError) {
        return '';
    }
}

foreach (file($argv[2], FILE_IGNORE_NEW_LINES) as $line) {
    $question = explode("\t", $line);
    if ($line[0] === '#') continue;
    if (isset($argv[4])) {
        echo by_row($question, $argv[1], $argv[3]);
        continue;
    }
    if ($question[1] !== 'case') continue;
    [$id, , $pack, $decision, $on, $language, $facts] = $question;
    try {
        $verdict = (new Tutela($pack, $argv[1]))->decide($facts, $decision, $on, $language);
        $missing = $verdict['missing'] ? '"' . implode('","', $verdict['missing']) . '"' : '';
        $value = $verdict['value'] === '' ? 'null' : $verdict['value'];
        $answer = "\"outcome\":\"{$verdict['outcome']}\",\"value\":$value,\"missing\":[$missing],"
            . "\"explanation\":\"{$digest($verdict['explanation'])}\",\"verdict\":\"{$digest($verdict['json'])}\"";
    } catch (TutelaError $refused) {
        $found = implode(',', array_map(fn ($one) => "{\"code\":{$one['code']},\"pointer\":\"{$one['pointer']}\"}", $refused->diagnostics));
        $answer = '"refused":"' . STATUSES[$refused->getCode()] . "\",\"diagnostics\":[$found],\"message\":\"{$digest($refused->getMessage())}\"";
    }
    echo "{\"id\":\"$id\",$answer}\n";
}
