// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the records say is what the texts of the library say; the texts themselves are the golden ones (TutelaTest). */
final class QuestionsTest {
  private static final Path ROOT = Path.of(System.getProperty("tutela.root"));
  private static final LocalDate ON = LocalDate.of(2026, 3, 2);

  @Test
  void anAnswerIsExplainedToEachReader() {
    try (Pack law = Pack.load("md/child-protection");
        Session child = law.session()) {
      child.set(law.slot("person.birth_date"), LocalDate.of(2010, 5, 5));
      ExplainOptions officer = new ExplainOptions(ON, "ro");
      assertTrue(child.explain("is_child", officer).contains("5 mai 2010"));
      assertTrue(child.explain("is_child", officer.forFamily("room 5")).contains("room 5"));
      assertTrue(child.explain("is_child", officer.forChild(15, "").as(ExplainOptions.Form.JSON)).contains("\"view\":\"child\""));
      ExplainOptions wrong = officer.forChild(18, "");
      assertThrows(TutelaException.class, () -> child.explain("is_child", wrong));
    }
  }

  @Test
  void anInterviewAsksOnlyWhatCanChangeTheAnswer() {
    try (Pack law = Pack.load("md/child-protection");
        Session child = law.session()) {
      AskOptions options = new AskOptions(ON, "day_service", "is_child");
      Questions questions = child.ask(options);
      assertEquals(List.of("day_service", "is_child"), questions.open());
      assertEquals("not_excluded", questions.cautions().get(0).caution());
      FactQuestion first = questions.ask().get(0);
      assertEquals("person.birth_date", first.fact());
      assertEquals("Когда родился этот человек?", first.text().get("ru"));
      assertEquals(List.of("day_service", "is_child"), first.decisions());
      child.set(law.slot(first.fact()), LocalDate.of(2025, 1, 10));
      questions = child.ask(options);
      assertEquals(List.of("is_child"), questions.settled());
      assertEquals(List.of("family.vulnerable"), questions.ask().stream().map(FactQuestion::fact).toList());
      child.set(law.slot("family.vulnerable"), State.UNCERTAIN);
      questions = child.ask(options);
      assertTrue(questions.ask().isEmpty());
      assertEquals(List.of("family.vulnerable"), questions.uncertain());
      assertEquals(Json.read(questions.json()).get("settled").strings(), questions.settled());
    }
  }

  @Test
  void whoHoldsAFactIsAskedForIt() {
    try (Pack law = Pack.load("md/child-protection");
        Session child = law.session()) {
      AskOptions options = new AskOptions(new DecideOptions(ON), List.of("is_child"), Map.of("person.birth_date", "school-12"));
      assertEquals("school-12", child.ask(options).ask().get(0).holder());
      assertEquals("", child.ask(new AskOptions(ON, "is_child")).ask().get(0).holder());
    }
  }

  @Test
  void aTimelineTurnsOnTheBirthday() {
    try (Pack law = Pack.load("md/child-protection");
        Session child = law.session()) {
      child.set(law.slot("person.birth_date"), LocalDate.of(2010, 5, 5));
      Timeline timeline = child.timeline("is_child", LocalDate.of(2026, 1, 1), LocalDate.of(2032, 1, 1));
      assertEquals(2, timeline.spans().size());
      Timeline.Span grown = timeline.spans().get(1);
      assertEquals(LocalDate.of(2028, 5, 5), grown.from());
      assertEquals(LocalDate.of(2032, 1, 1), grown.until());
      assertEquals(Outcome.KNOWN, grown.outcome());
      assertEquals("false", grown.value());
      assertEquals(List.of("person.birth_date: 18 years"), grown.beganWith());
      assertTrue(grown.citations().get(0).startsWith("Family Code"));
      child.clear();
      Timeline.Span open = child.timeline("is_child", ON, ON.plusDays(1)).spans().get(0);
      assertNull(open.value());
      assertEquals(List.of("person.birth_date"), open.missing());
    }
  }

  @Test
  void whatTheAgencyCouldDoIsSaidInItsLanguage() {
    try (Pack law = Pack.load("md/child-protection");
        Session person = law.session()) {
      person.set(law.slot("need.cash_help_requested"), true);
      person.set(law.slot("need.complex_assessment_done"), true);
      person.set(law.slot("need.commission_opinion_given"), false);
      Counterfactuals found = person.counterfactual("cash_help_next_step", ON);
      assertTrue(found.complete());
      assertTrue(found.changeable().contains("need.commission_opinion_given"));
      Counterfactuals.ChangeSet way =
          found.ways().stream().filter(one -> one.answer().equals("\"ready_for_decision\"")).findFirst().orElseThrow();
      assertEquals("need.commission_opinion_given", way.changes().get(0).fact());
      assertEquals("true", way.changes().get(0).to());
      assertTrue(way.changes().get(0).agencyCould().containsKey("ro"));
    }
  }

  @Test
  void aScoreSaysItsBoundsAndWhyThereIsNone() {
    String answers =
        "{\"person.birth_date\":\"1972-09-09\",\"probation.first_sanction_date\":\"1986-09-09\","
            + "\"probation.conviction_date\":\"2009-09-09\",\"probation.risk_start_date\":\"2015-09-15\","
            + "\"probation.previous_sanctions\":3,\"probation.offence_group\":\"criminal_damage\"}";
    try (Instrument scale = Instrument.load("uk/ogrs3")) {
      Score open = scale.score(answers, new ScoreOptions("GB-EAW"));
      assertEquals("open", open.state());
      assertEquals("low", open.band());
      assertEquals(List.of("person.sex"), open.missing());
      Score.Range percent = open.outputs().get("two_year_percent");
      assertEquals(20.0, percent.lowest());
      assertEquals(21.0, percent.highest());
      assertTrue(open.total().lowest() < open.total().highest());
      Score none = scale.score(answers, new ScoreOptions("MD"));
      assertEquals("not_applicable", none.state());
      assertNull(none.total());
      assertTrue(none.reason().get("en").contains("jurisdiction"));
      TutelaException wrong =
          assertThrows(TutelaException.class, () -> scale.score("{\"a\":[[1]],\"b\":{}}", new ScoreOptions(null)));
      assertEquals(2, wrong.diagnostics().size());
    }
  }

  @Test
  void aRouteSaysWhatBlocksIt() {
    try (Network network = Network.load(ROOT.resolve("examples/data/chisinau/network.json").toString())) {
      RouteRequest request =
          RouteRequest.toAgency("probation-office", "lumos", LocalDate.of(2015, 7, 10)).withPurposes("reoffending_prevention");
      RouteAnswer answer = network.route(request);
      assertEquals("blocked", answer.state());
      assertNull(answer.certain());
      RouteAnswer.Obstacle first = answer.blocked().get(0).obstacles().get(0);
      assertEquals("agreement_not_in_force", first.kind());
      assertEquals("debated", first.detail());
      assertThrows(TutelaException.class, () -> network.route(RouteRequest.toAgency("nobody", "lumos", ON)));
    }
    try (Network network = Network.load(ROOT.resolve("examples/data/demo/network.json").toString())) {
      RouteAnswer answer = network.route(RouteRequest.toService("demo-probation", "demo-family-support", ON)
          .withPurposes("reintegration").withDanger(RouteRequest.Truth.NO).withBirthDate(LocalDate.of(2010, 6, 6)));
      assertEquals("certain", answer.state());
      assertEquals("demo-probation", answer.certain().hops().get(0).from());
      assertEquals("demo-family-support", answer.certain().service());
    }
  }

  @Test
  void textsOfTheLibraryAreReadToTheLetter() {
    Json json = Json.read("{ \"a\\\"b\": [1.50, null, true, \"\\u0103\\n\"], \"c\": {} }");
    assertEquals("1.50", json.get("a\"b").list().get(0).toString());
    assertNull(json.get("a\"b").list().get(1).string());
    assertEquals("ă\n", json.get("a\"b").list().get(3).string());
    assertTrue(json.get("c").members().isEmpty());
    assertNull(json.get("d"));
  }
}
