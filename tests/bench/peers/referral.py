# SPDX-License-Identifier: Apache-2.0
"""Allocation, reach, best paths and minimum cut by NetworkX, igraph, OR-tools and HiGHS (through SciPy). Arguments: folder of instances.

One line of JSON for each: peer, subject, nanoseconds of processor time, the least of several runs. Building what a library
wants is not counted. Every answer is compared with the one in the instance; a different one is an error.
"""

import json
import pathlib
import sys
import time
from importlib.metadata import version

import igraph
import networkx
import numpy
import scipy.optimize
import scipy.sparse
from ortools.graph.python import min_cost_flow

FOLDER = pathlib.Path(sys.argv[1])
WAITING = 10_000_000  # dearer than any distance


def measured(peer, subject, repetitions, work, right, scale=1.0):
    best = None
    for _ in range(repetitions):
        begin = time.process_time_ns()
        answer = work()
        spent = time.process_time_ns() - begin
        assert answer == right, f"{peer} answers {answer}, not {right}"
        best = spent if best is None else min(best, spent)
    print(json.dumps({"peer": peer, "subject": subject, "nanoseconds": best * scale}), flush=True)


def allocation():
    data = json.loads((FOLDER / "allocation.json").read_text())
    people, places = len(data["options"]), len(data["capacity"])
    right = data["cost"] + WAITING * data["waiting"]
    arcs = [(i, people + place, 1, cost) for i, options in enumerate(data["options"]) for place, cost in options]
    arcs += [(i, people + places, 1, WAITING) for i in range(people)]
    sink = people + places + 1
    arcs += [(people + i, sink, capacity, 0) for i, capacity in enumerate(data["capacity"])]
    arcs += [(people + places, sink, people, 0)]

    tails, heads, capacities, costs = (numpy.array(column) for column in zip(*arcs))
    flow = min_cost_flow.SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(tails, heads, capacities, costs)
    flow.set_nodes_supplies(numpy.arange(sink + 1), numpy.array([1] * people + [0] * (places + 1) + [-people]))

    def ortools():
        flow.solve()
        return flow.optimal_cost()

    measured(f"OR-tools {version('ortools')}", "allocation", 3, ortools, right)

    choices = [(i, place, cost) for i, options in enumerate(data["options"]) for place, cost in options]
    row, place, cost = (numpy.array(column) for column in zip(*choices))
    count = len(choices)
    cost = numpy.concatenate([cost, numpy.full(people, WAITING)])
    one = scipy.sparse.csr_array((numpy.ones(count + people), (numpy.concatenate([row, numpy.arange(people)]),
                                                             numpy.arange(count + people))))
    room = scipy.sparse.csr_array((numpy.ones(count), (place, numpy.arange(count))), shape=(places, count + people))

    def highs():
        found = scipy.optimize.linprog(cost, A_eq=one, b_eq=numpy.ones(people), A_ub=room, b_ub=data["capacity"], method="highs")
        return round(found.fun)

    measured(f"HiGHS in SciPy {version('scipy')}", "allocation", 1, highs, right)

    graph = networkx.DiGraph()
    for i in range(people):
        graph.add_node(i, demand=-1)
    graph.add_node(sink, demand=people)
    for tail, head, capacity, cost in arcs:
        graph.add_edge(tail, head, capacity=capacity, weight=cost)
    measured(f"NetworkX {networkx.__version__}", "allocation", 1, lambda: networkx.network_simplex(graph)[0], right)


def reach():
    data = json.loads((FOLDER / "reach.json").read_text())
    arcs = numpy.array(data["arcs"])
    ages = numpy.array(data["services"])
    clients = data["clients"]
    scale = 10_000 / len(clients)
    right = [client["reached"] for client in clients]

    def services(client, agencies):
        agencies = numpy.fromiter(agencies, dtype=int)
        fits = (ages[agencies, 0] <= client["months"]) & (client["months"] < ages[agencies, 1])
        return len(agencies) + int(fits.sum())

    def open_arcs(client):
        return numpy.flatnonzero((arcs[:, 2] >> client["purpose"] & 1) & (arcs[:, 3] >> client["category"] & 1)
                                 & (arcs[:, 4] <= client["day"]) & (client["day"] < arcs[:, 5]))

    whole = igraph.Graph(n=data["agencies"], edges=arcs[:, :2].tolist(), directed=True)

    def by_igraph():
        counts = []
        for client in clients:
            part = whole.subgraph_edges(open_arcs(client).tolist(), delete_vertices=False)
            counts.append(services(client, part.subcomponent(client["from"], mode="out")))
        return counts

    measured(f"igraph {igraph.__version__}, from {len(clients)} clients", "reach", 2, by_igraph, right, scale)

    graph = networkx.MultiDiGraph()
    graph.add_nodes_from(range(data["agencies"]))
    for tail, head, purposes, categories, since, until in arcs.tolist():
        graph.add_edge(tail, head, purposes=purposes, categories=categories, since=since, until=until)

    def by_networkx():
        counts = []
        for client in clients:
            purpose, category, day = 1 << client["purpose"], 1 << client["category"], client["day"]
            reached, queue = {client["from"]}, [client["from"]]
            while queue:
                for _, to, edge in graph.out_edges(queue.pop(), data=True):
                    if to in reached or not (edge["purposes"] & purpose and edge["categories"] & category):
                        continue
                    if edge["since"] <= day < edge["until"]:
                        reached.add(to)
                        queue.append(to)
            counts.append(services(client, reached))
        return counts

    measured(f"NetworkX {networkx.__version__}, from {len(clients)} clients", "reach", 1, by_networkx, right, scale)


def route():
    data = json.loads((FOLDER / "route.json").read_text())
    network = json.loads((FOLDER / "reach.json").read_text())
    arcs = numpy.array(network["arcs"])
    # Days first, then hops, as one whole number.
    costs = numpy.array(data["days"]) * 1000 + 1
    questions = data["questions"]
    right = [question["days"] * 1000 + question["hops"] for question in questions]

    def open_arcs(question):
        return numpy.flatnonzero((arcs[:, 2] >> question["purpose"] & 1) & (arcs[:, 3] >> question["category"] & 1)
                                 & (arcs[:, 4] <= question["day"]) & (question["day"] < arcs[:, 5]))

    whole = igraph.Graph(n=network["agencies"], edges=arcs[:, :2].tolist(), directed=True)
    whole.es["cost"] = costs.tolist()

    def by_igraph():
        found = []
        for question in questions:
            part = whole.subgraph_edges(open_arcs(question).tolist(), delete_vertices=False)
            path = part.get_shortest_paths(question["from"], question["to"], weights="cost", output="epath")[0]
            found.append(round(sum(part.es[path]["cost"])))
        return found

    measured(f"igraph {igraph.__version__}", "route", 2, by_igraph, right)

    graph = networkx.MultiDiGraph()
    graph.add_nodes_from(range(network["agencies"]))
    for (tail, head, purposes, categories, since, until), cost in zip(arcs.tolist(), costs.tolist()):
        graph.add_edge(tail, head, purposes=purposes, categories=categories, since=since, until=until, cost=cost)

    def by_networkx():
        found = []
        for question in questions:
            purpose, category, day = 1 << question["purpose"], 1 << question["category"], question["day"]

            def cost(tail, head, edges):
                return min((edge["cost"] for edge in edges.values() if edge["purposes"] & purpose
                            and edge["categories"] & category and edge["since"] <= day < edge["until"]), default=None)

            found.append(networkx.bidirectional_dijkstra(graph, question["from"], question["to"], cost)[0])
        return found

    measured(f"NetworkX {networkx.__version__}", "route", 1, by_networkx, right)


def flow():
    data = json.loads((FOLDER / "flow.json").read_text())
    graph = igraph.Graph(n=data["nodes"], edges=[arc[:2] for arc in data["arcs"]], directed=True)
    capacity = [arc[2] for arc in data["arcs"]]
    measured(f"igraph {igraph.__version__}", "cut", 3,
             lambda: round(graph.mincut(data["source"], data["target"], capacity).value), data["value"])
    merged = {}
    for tail, head, most in data["arcs"]:
        merged[tail, head] = merged.get((tail, head), 0) + most
    other = networkx.DiGraph()
    for (tail, head), most in merged.items():
        other.add_edge(tail, head, capacity=most)
    measured(f"NetworkX {networkx.__version__}", "cut", 1,
             lambda: networkx.minimum_cut_value(other, data["source"], data["target"]), data["value"])


for part in (allocation, reach, route, flow):
    part()
