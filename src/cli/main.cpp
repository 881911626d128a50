// SPDX-License-Identifier: Apache-2.0
/// \file
/// The command-line program: a table of verbs.
#include <cstdio>
#include <exception>
#include <string_view>

#include <tutela/base/config.hpp>

#include "cli/verbs.hpp"

namespace tutela::cli {

std::span<Verb const> verbs()
{
  static constexpr Verb table[] = {
      {"agenda", "what is due, overdue, promised and not done on a day, by agency and person",
       "tutela agenda RECORDS.json|- --on DATE [--days N] [--clocks FILE] [--work-calendar FILE] [--unverified]\n"
       "              [--lang en|ro|uk|ru] [--json]\n"
       "The clocks are those that ship for the country of the records, unless --clocks names others. --days is how far "
       "it\nlooks ahead, 7 when left out. Overdue duties are exit 0: what follows is for people to decide.",
       run_agenda},
      {"ask", "what to find out next about cases",
       "tutela ask --pack PACK --on DATE [--decision NAME]... [--holding FACT=AGENCY]... [--law-on DATE]\n"
       "           [--known-on DATE] [--unverified] [--lang en|ro|uk|ru] [--json]\n"
       "           CASES.json|- | --mapping MAPPING.json TABLE.csv|-\n"
       "--holding names an agency that has the fact on record and may share it",
       run_ask},
      {"assess", "law, scale and network on many cases: assessments.ndjson and report.html",
       "tutela assess --network FILE... --pack PACK... --instrument NAME... --cases FILE|- --on DATE --out FOLDER\n"
       "              [--law-on DATE] [--known-on DATE] [--unverified] [--lang en|ro|uk|ru] [--threads N] [--json]\n"
       "--network, --pack and --instrument may come several times; --json prints the assessments instead of a table",
       run_assess},
      {"check", "gaps, overlaps, dead rules, law without source or date, separations; two versions compared",
       "tutela check PACK [--json]\n"
       "       tutela check OLD NEW [--on DATE] [--decision NAME]... [--cases FILE|-] [--unverified] [--json]\n"
       "       tutela check --instrument NAME [--prohibited FACT]... [--json]\n"
       "PACK, OLD and NEW are ids of shipped packs, folders or .dmn files; exit 1 when there is an error or a "
       "warning,\n"
       "or a difference. --cases tells who gains and who loses over a file of cases.\n"
       "An instrument is checked by its cases and over its whole domain; --prohibited names facts that must not "
       "influence it.",
       run_check},
      {"decide", "what a rule pack finds for cases",
       "tutela decide --pack PACK --on DATE [--law-on DATE] [--known-on DATE]\n"
       "              [--decision NAME] [--unverified] [--lang en|ro|uk|ru] [--json | --csv]\n"
       "              CASES.json|- | --mapping MAPPING.json TABLE.csv|-\n"
       "--mapping says which column of another system's table is which fact (tutela-mapping/1); ask, explain and "
       "timeline\n"
       "take it too. --csv writes a table that a spreadsheet opens.\n"
       "       tutela decide --cases CASES.ndjson|TABLE.csv|TABLE.arrow|- --pack PACK --on DATE [--mapping "
       "MAPPING.json]\n"
       "              [--instrument NAME]... [--jurisdiction CODE] [--research] [--decision NAME]... [--law-on DATE]\n"
       "              [--known-on DATE] [--unverified] [--out ANSWERS.csv|.ndjson|.arrow] [--csv]\n"
       "answers a file of any size block by block, a row for each case. Columns of a table are named as facts, or a\n"
       "--mapping says what they are. --jurisdiction holds for cases that name none. Where something is wrong with a "
       "case,\n"
       "all of it is told and no file is written.",
       run_decide},
      {"disclose", "what may be told of cases to whom, fact by fact; what is told, and the entry for the log",
       "tutela disclose --network FILE... [--pack PACK]... [--instrument NAME]... --to ID --purpose WORD --on DATE\n"
       "                [--role WORD] [--fact NAME]... [--decision NAME]... [--stays-in SERVICE [--place-fact "
       "NAME]...]\n"
       "                [--part findings|told|entries|log --key FILE --key-name NAME --by ROLE] [--json] CASES.json|-\n"
       "--fact and --decision say what the purpose needs. Facts that tell a place (--place-fact) stay where the place "
       "of "
       "the\nservice may not be shown. --part told writes the cases as they may be sent, under pseudonyms; entries and "
       "log\nwrite what was told as JSON lines or CSV. --key is a file of 32 to 64 random bytes, --by the role of who "
       "tells.",
       run_disclose},
      {"explain", "why: the proof for the officer, plain words for the family or the child",
       "tutela explain --pack PACK --on DATE [--law-on DATE] [--known-on DATE] [--decision NAME] [--unverified]\n"
       "               [--view officer|family|child] [--age YEARS] [--contact TEXT] [--lang en|ro|uk|ru]\n"
       "               [--html | --json] CASES.json|- | --mapping MAPPING.json TABLE.csv|-\n"
       "--view is officer when left out; a child's page needs --age; --contact is whom the reader can turn to.\n"
       "The officer's view holds the values of facts.",
       run_explain},
      {"network", "a network as a whole: map, gaps, bottlenecks, closures, cheapest repair as one page",
       "tutela network NETWORK.json --on DATE --out PAGE.html [--json] [--known-on DATE] [--lang en|ro|uk|ru] "
       "[--closures N]\n"
       "               [--demand TABLE.csv | --synthetic-demand NEED:PEOPLE[:YOUNGEST-OLDEST]...] [--agency ID]...\n"
       "               [--form network|hsds|romania|florida --published DATE [--title TEXT]]\n"
       "--demand has the columns area, need, people, minimum_age_months, maximum_age_months, and where wanted from "
       "(an\n"
       "agency), latitude, longitude. --synthetic-demand divides made-up people equally among the areas; the page says "
       "so.\n"
       "tutela network NETWORK.json --log LOG.csv --until DATE [--known-on DATE]   counts a log of referrals, as JSON\n"
       "--known-on reads what was known on a day. --form says what an imported file is. --agency names whose "
       "dependence on single stops is looked at.",
       run_network},
      {"save", "write a pack into a new folder, its models as DMN 1.5, or an instrument as PMML",
       "tutela save PACK FOLDER\n"
       "       tutela save INSTRUMENT FILE.pmml|FILE.instrument.json\n"
       "An instrument is the id of a shipped one, an instrument file or a PMML Scorecard. What PMML cannot carry is "
       "told "
       "with\nits place.",
       run_save},
      {"score", "what a risk or needs scale says about cases: bounds where answers are missing, and why",
       "tutela score --instrument NAME... [--jurisdiction CODE] [--on DATE] [--known-on DATE] [--research]\n"
       "             [--answers-only] [--csv] [--lang en|ro|uk|ru] [--json] CASES.json|CASES.csv|-\n"
       "NAME is the id of a shipped instrument, an instrument file or a PMML file. A table has a column for each fact, "
       "by its name in the "
       "record;\n"
       "`id` and `jurisdiction` may stand beside them, an empty cell is a missing answer. --csv says that standard\n"
       "input is a table. --jurisdiction, such as GB-EAW, holds for cases that name none or its country. "
       "--answers-only refuses facts that the scale\n"
       "does not read. Exit 2 when facts of a case are wrong; an open score is exit 0.",
       run_score},
      {"test", "run test cases in the format of the DMN kit", "tutela test PATH [--on DATE] [--csv FILE] [--json]",
       run_test},
      {"timeline", "how an answer runs over time, and what changes it",
       "tutela timeline --pack PACK --decision NAME... --from DATE --until DATE [--law-on DATE] [--known-on DATE]\n"
       "                [--unverified] [--lang en|ro|uk|ru] [--json] CASES.json|- | --mapping MAPPING.json TABLE.csv|-",
       run_timeline},
      {"validate", "how well a score holds where the outcome is known: page with plots, Markdown, JSON",
       "tutela validate --score COLUMN --outcome COLUMN --out FOLDER [--json] [--group COLUMN]... [--keep FEEL]...\n"
       "                [--probabilities] [--threshold N] [--cuts N,N... [--bands NAME,NAME...]] [--other COLUMN]\n"
       "                [--time COLUMN [--event COLUMN]] [--period COLUMN] [--item COLUMN]... [--earlier FILE.csv]\n"
       "                [--rater COLUMN --rater COLUMN] [--draws N [--seed N] [--cluster COLUMN] [--stratum COLUMN]]\n"
       "                [--minimum-cell N] [--no-intersections] [--subject TEXT] [--about TEXT] [--lang en|ro|uk|ru] "
       "PEOPLE.csv|-\n"
       "--keep is a condition over the columns, for example \"c_charge_degree != \\\"O\\\"\"; who does not meet it is "
       "left\n"
       "out and counted. --about says what the outcome is. Exit 1 when a figure should be looked at.",
       run_validate},
  };
  return table;
}

}  // namespace tutela::cli

namespace {

int print_help()
{
  std::printf("tutela %d.%d.%d: eligibility rules, risk scores and referral for child protection and probation\n\n",
              TUTELA_VERSION_MAJOR, TUTELA_VERSION_MINOR, TUTELA_VERSION_PATCH);
  for (auto const& verb : tutela::cli::verbs())
    std::printf("  %-9.*s %.*s\n", static_cast<int>(verb.name.size()), verb.name.data(),
                static_cast<int>(verb.summary.size()), verb.summary.data());
  std::printf("\n`tutela VERB --help` says how a verb is used. Exit: 0 done, 1 findings, 2 bad input.\n");
  return tutela::cli::success;
}

}  // namespace

int main(int count, char** words)
{
  if (count < 2) {
    print_help();
    return tutela::cli::bad_input;
  }
  std::string_view const word = words[1];
  if (word == "--help" || word == "-h" || word == "help") return print_help();
  if (word == "--version") {
    std::printf("tutela %d.%d.%d\n", TUTELA_VERSION_MAJOR, TUTELA_VERSION_MINOR, TUTELA_VERSION_PATCH);
    return tutela::cli::success;
  }
  std::span<char const* const> const rest(words + 2, static_cast<std::size_t>(count - 2));
  for (auto const& verb : tutela::cli::verbs()) {
    if (verb.name != word) continue;
    for (auto const* argument : rest) {
      if (std::string_view(argument) != "--help" && std::string_view(argument) != "-h") continue;
      std::printf("%.*s\n", static_cast<int>(verb.usage.size()), verb.usage.data());
      return tutela::cli::success;
    }
    try {
      return verb.run(rest, verb.usage);
    } catch (std::exception const& error) {
      std::fprintf(stderr, "tutela: %s\n", error.what());
      return tutela::cli::bad_input;
    }
  }
  std::fprintf(stderr, "tutela: there is no verb \"%.*s\"; `tutela help` lists them\n", static_cast<int>(word.size()),
               word.data());
  return tutela::cli::bad_input;
}
