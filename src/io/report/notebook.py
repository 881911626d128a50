import pandas, tutela
found = tutela.assess(networks=["network.json"], packs=["md/child-protection"], instruments=["uk/ogrs3"], cases="cases.ndjson", on="2026-03-01")
pandas.DataFrame([{"case": f.id, "kind": f.kind, **f.counts, "questions": len(f.questions)} for f in found])
