<?php
// SPDX-License-Identifier: Apache-2.0
require __DIR__ . '/Tutela.php';

$law = new Tutela('md/child-protection'); // throws TutelaError with all that is wrong
$child = ['format' => 'tutela-case/1', 'id' => 'c-1', 'jurisdiction' => 'MD', 'kind' => 'child_protection'];
$facts = ['person.birth_date' => '2025-01-10'];
foreach ([$facts, $facts + ['family.vulnerable' => true]] as $known) {
    $verdict = $law->decide(json_encode($child + ['facts' => $known]), 'day_service', '2026-03-02');
    echo match ($verdict['outcome']) {
        'known' => "known: {$verdict['value']}\n", // $verdict['explanation'] says why
        'unknown' => "unknown: ask {$verdict['missing'][0]}\n", // a missing fact is never a "no"
    };
}
