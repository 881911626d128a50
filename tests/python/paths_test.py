# SPDX-License-Identifier: Apache-2.0
"""Many paths, paths over time, gaps, and what clients depend on."""

import json
import random
from datetime import date

import pytest

import tutela

ON = "2026-03-02"


def network(edges, *, services=(), agencies=(), **more):
    """A synthetic network: (from, to, days) as grounds of law, services as mappings."""
    names = sorted({end for edge in edges for end in edge[:2]} | set(agencies))
    return tutela.parse_network(json.dumps({
        "format": "tutela-network/1", "id": "test/paths", "name": "paths", "jurisdiction": "XX", "synthetic": True,
        "organizations": [{"id": name, "name": name, "kind": "ngo"} for name in names],
        "services": list(services),
        "bases": [
            {"id": f"ground-{number:04}", "kind": "competence", "from": [tail], "to": [head],
             "citation": {"act": "Act", "article": "art. 1", "source": "somewhere", "grade": "A"}, **({} if days is None else {"days": days})}
            for number, (tail, head, days) in enumerate(edges)
        ],
        **more,
    }))


DIAMOND = [("a", "b", 1), ("a", "c", 5), ("b", "d", 9), ("c", "d", 1), ("a", "d", 20)]


def question(**more):
    return {"from_": "a", "on": ON, "agency": "d", **more}


def stops(route):
    return [hop.to for hop in route.hops]


def test_many_persons_have_the_answers_of_each():
    net = network(DIAMOND)
    answers = net.routes([question(), question(from_="c"), question(agency="b")], threads=2)
    assert [stops(answer.best) for answer in answers] == [["c", "d"], ["d"], ["b"]]
    assert answers[0].best == net.route("a", ON, agency="d").best
    with pytest.raises(tutela.InputError, match="/1/from"):
        net.routes([question(), question(from_="nobody")])


def test_best_routes_come_best_first():
    found = network(DIAMOND).best_routes(question(), 5)
    assert [stops(route) for route in found] == [["c", "d"], ["b", "d"], ["d"]]
    assert [route.days.upper for route in found] == [6, 10, 20]
    assert network(DIAMOND).best_routes(question(), 2, least="certain") == found[:2]


def test_the_front_weighs_hops_against_days():
    front = network(DIAMOND).route_front(question())
    assert [(stops(choice.route), choice.metres) for choice in front] == [(["d"], None), (["c", "d"], None)]


def homes(**more):
    return network(
        [("a", "house", 2)],
        services=[{"id": "near", "organization_id": "house", "name": "near", "kind": "home", "location_ids": ["at-near"], **more},
                  {"id": "far", "organization_id": "house", "name": "far", "kind": "home", "location_ids": ["at-far"]}],
        locations=[{"id": "at-near", "name": "near", "latitude": 47.0, "longitude": 28.0, "area_codes": ["town", "county"]},
                   {"id": "at-far", "name": "far", "latitude": 47.0, "longitude": 28.5, "area_codes": ["county"]}],
        capacities=[{"id": "c1", "service_id": "near", "unit": "place", "maximum": 4, "available": 1, "updated": ON},
                    {"id": "c2", "service_id": "far", "unit": "place", "maximum": 6, "available": 1, "updated": ON}],
    )


def test_the_front_tells_no_protected_distance():
    asked = {"from_": "a", "on": ON, "kind": "home"}
    (choice,) = homes().route_front(asked, home=(47, 28))
    assert choice.metres == 0 and choice.route.service == "near"
    (choice,) = homes(receives_victims_of_violence=True).route_front(asked, home=(47, 28))
    assert choice.metres == 37917 and choice.route.service == "far"


def test_paths_over_time():
    net = homes()
    answer = net.dated_route({"from_": "a", "on": ON, "service": "near"})
    assert answer.certain.on == (date(2026, 3, 2), date(2026, 3, 4))
    assert answer.certain.arrives == date(2026, 3, 4)
    slow = network([("a", "b", 6), ("b", "house", 6)], services=[
        {"id": "near", "organization_id": "house", "name": "near", "kind": "home"}],
        capacities=[{"id": "c1", "service_id": "near", "unit": "place", "available": 1, "updated": ON}])
    later = slow.dated_route({"from_": "a", "on": ON, "service": "near"})
    assert later.certain is None and later.possible is not None  # in twelve days the place is no longer known to be free


def test_gaps_row_by_row():
    row = {"minimum_age_months": 36, "maximum_age_months": 72, "need": "home", "people": 12}
    demand = [{**row, "area": "town", "centre": (47, 28.5)}, {**row, "area": "county", "from_": "a"}]
    town, county = homes().gaps(demand, ON)
    assert (town.places, town.missing, town.nearest, town.reachable) == (4, 8, 0, None)
    assert (county.places, county.free, county.missing, county.nearest, county.reachable) == (10, 2, 2, None, 10)
    assert county._asdict()["need"] == "home"  # a row of a data frame
    hidden = homes(receives_victims_of_violence=True).gaps(demand, ON)
    assert (hidden[0].places, hidden[0].protected_places, hidden[1].protected_places) == (0, 4, 4)
    with pytest.raises(tutela.InputError, match="/demand/0/maximum_age_months"):
        homes().gaps([{**row, "area": "town", "maximum_age_months": 36}], ON)


def test_what_clients_depend_on():
    client = {"from_": "a", "on": ON}
    (point,) = homes().single_points(client)
    assert (point.stop, set(point.losses)) == ("house", {"near", "far"})
    narrow = homes().find_bottleneck(client, "home", {"a": 9}, {"near": 1, "far": 2})
    assert (narrow.served, narrow.wanted, set(narrow.nodes)) == (3, 9, {"near", "far"})


def test_the_cheapest_repair():
    children = [{"id": f"child-{number}", "needs": ["home"], "family_care": False, "home": (47, 28)} for number in range(4)]
    repair = homes(form="community_based").cheapest_repair(children, ON)
    assert (repair.added, repair.still_waiting, repair.is_least) == (2, 0, True)
    assert sum(repair.places.values()) == 2


def test_the_cheapest_agreements():
    net = network([("a", "b", 1)], agencies=["a", "b", "c", "house"], services=[
        {"id": "near", "organization_id": "house", "name": "near", "kind": "home"}],
        capacities=[{"id": "c1", "service_id": "near", "unit": "place", "available": 1, "updated": ON}])
    clients = [{"from_": name, "on": ON} for name in ("a", "b", "c")]
    offers = [("a", "house", 3), ("b", "house", 3), ("c", "house", 9), ("c", "b", 1)]
    repair = net.cheapest_agreements(clients, "home", offers)
    assert (repair.chosen, repair.cost, repair.bound, repair.unserved, repair.is_least) == ((1, 3), 4, 4, (), True)
    assert net.cheapest_agreements(clients, "home", offers[:2]).unserved == (2,)
    assert net.cheapest_agreements(clients, "home", offers, places={"near": 5}).places == ()  # it has room
    with pytest.raises(tutela.InputError, match="/agreements/0/to"):
        net.cheapest_agreements(clients, "home", [("a", "nothing", 1)])


def test_the_load_that_services_must_and_may_take():
    net = network([("a", "house", 1)], agencies=["a", "house"], services=[
        {"id": name, "organization_id": "house", "name": name, "kind": "home"} for name in ("near", "far")],
        capacities=[{"id": name, "service_id": name, "unit": "place", "available": 9, "updated": ON} for name in ("near", "far")])
    load = net.find_load({"from_": "a", "on": ON}, "home", {"a": 5}, {"near": 3, "far": 4, "house": 9})
    assert (load.served, load.wanted, load.overloaded) == (5, 5, {})
    assert load.services == {"near": (1, 3), "far": (2, 4)}
    assert load.hops == {("house", "near"): (1, 3), ("house", "far"): (2, 4)}
    assert net.find_load({"from_": "a", "on": ON}, "home", {"a": 5}, {"house": 2}).overloaded == {"house": (5, 2)}


def test_what_single_change_opens_a_path():
    net = network([("a", "house", 1)], agencies=["a", "house"], services=[
        {"id": "near", "organization_id": "house", "name": "near", "kind": "home"}],
        capacities=[{"id": "c1", "service_id": "near", "unit": "place", "available": 0, "updated": ON}])
    question = {"from_": "a", "on": ON, "kind": "home"}
    opener, = net.openers(question)
    assert (opener.kind, opener.subject, opener.to, opener.path) == ("place", "near", None, ("a", "house", "near"))
    full = net.cheapest_agreements([{"from_": "a", "on": ON}], "home", [], places={"near": 5})
    assert (full.places, full.cost, full.unserved) == (("near",), 5, ())


@pytest.mark.heavy
def test_networkx_finds_the_same_paths():
    networkx = pytest.importorskip("networkx")
    chance = random.Random(7)
    compared = 0
    for _ in range(300):
        names = [f"s{number}" for number in range(chance.randint(2, 12))]
        edges = {}
        for _ in range(chance.randint(1, 50)):
            tail, head = chance.choice(names), chance.choice(names)
            if tail != head:
                edges[tail, head] = chance.randint(0, 9)
        net = network([(tail, head, days) for (tail, head), days in edges.items()], agencies=names)
        graph = networkx.DiGraph()
        graph.add_nodes_from(names)
        for (tail, head), days in edges.items():
            graph.add_edge(tail, head, cost=days * 1000 + 1)  # days first, then hops
        try:
            paths = list(networkx.shortest_simple_paths(graph, names[0], names[1], weight="cost"))
        except networkx.NetworkXNoPath:
            paths = []
        cost = lambda path: networkx.path_weight(graph, path, "cost")  # noqa: E731
        right = sorted((cost(path), path) for path in paths)
        found = net.best_routes({"from_": names[0], "on": ON, "agency": names[1]}, len(paths) + 1)
        mine = [[names[0], *stops(route)] for route in found]
        assert [(cost(path)) for path in mine] == [total for total, _ in right]
        assert sorted((cost(path), path) for path in mine) == right
        compared += len(paths)
    assert compared > 2000
