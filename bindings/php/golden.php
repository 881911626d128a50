<?php
// SPDX-License-Identifier: Apache-2.0
// The answers to those questions of the golden corpus whose facts come as a case. Usage: golden.php LIBRARY QUESTIONS
require __DIR__ . '/Tutela.php';

const STATUSES = ['ok', 'invalid_input', 'limit', 'misuse', 'no_memory', 'internal'];
$digest = fn (string $text): string => hash('fnv1a64', $text);
foreach (file($argv[2], FILE_IGNORE_NEW_LINES) as $line) {
    $question = explode("\t", $line);
    if ($line[0] === '#' || $question[1] !== 'case') continue;
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
