// SPDX-License-Identifier: Apache-2.0
package org.tutela;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A question to a network about one person. What was not said is unknown; each {@code with} gives a new request that says
 * more.
 */
public final class RouteRequest {
  private static final int BYTES = 152;

  private final String from;
  private final int goalIs;
  private final String goal;
  private final LocalDate on;
  private LocalDate birthDate;
  private Sex sex;
  private Truth danger = Truth.UNKNOWN;
  private int freshDays = 7;
  private List<String> purposes = List.of();
  private Map<String, Truth> data = Map.of();
  private List<HeldAct> acts = List.of();
  private List<String> areas = List.of();

  /** What is known of something that holds or does not. The order is that of {@code tutela_truth}. */
  public enum Truth {
    /** Not known. */
    UNKNOWN,
    /** It holds. */
    YES,
    /** It does not. */
    NO
  }

  /** For services that take one only. */
  public enum Sex {
    /** A woman or girl. */
    FEMALE,
    /** A man or boy. */
    MALE
  }

  private RouteRequest(String from, int goalIs, String goal, LocalDate on) {
    this.from = from;
    this.goalIs = goalIs;
    this.goal = goal;
    this.on = on;
  }

  /** To any service of a kind, from an agency or unit, on a day. */
  public static RouteRequest toKind(String from, String kind, LocalDate on) {
    return new RouteRequest(from, 0, kind, on);
  }

  /** To one service. */
  public static RouteRequest toService(String from, String service, LocalDate on) {
    return new RouteRequest(from, 1, service, on);
  }

  /** To an agency itself. */
  public static RouteRequest toAgency(String from, String agency, LocalDate on) {
    return new RouteRequest(from, 2, agency, on);
  }

  private RouteRequest copy() {
    RouteRequest copy = new RouteRequest(from, goalIs, goal, on);
    copy.birthDate = birthDate;
    copy.sex = sex;
    copy.danger = danger;
    copy.freshDays = freshDays;
    copy.purposes = purposes;
    copy.data = data;
    copy.acts = acts;
    copy.areas = areas;
    return copy;
  }

  private static <T> List<T> more(List<T> some, List<T> further) {
    List<T> all = new ArrayList<>(some);
    all.addAll(further);
    return List.copyOf(all);
  }

  /** The same, also for these purposes; each must be allowed on each hop. */
  public RouteRequest withPurposes(String... further) {
    RouteRequest copy = copy();
    copy.purposes = more(purposes, List.of(further));
    return copy;
  }

  /** The same, with a category of data that must travel, and whether the person agrees to that. Keep to the least. */
  public RouteRequest withData(String category, Truth consent) {
    RouteRequest copy = copy();
    copy.data = new LinkedHashMap<>(data);
    copy.data.put(category, consent);
    return copy;
  }

  /** The same, with whether there is danger to life or health now; then a route never waits. */
  public RouteRequest withDanger(Truth danger) {
    RouteRequest copy = copy();
    copy.danger = danger;
    return copy;
  }

  /** The same, for a person born on that day. */
  public RouteRequest withBirthDate(LocalDate day) {
    RouteRequest copy = copy();
    copy.birthDate = day;
    return copy;
  }

  /** The same, for a person of that sex, where services are for one only. */
  public RouteRequest withSex(Sex sex) {
    RouteRequest copy = copy();
    copy.sex = sex;
    return copy;
  }

  /** The same, with acts in the file. */
  public RouteRequest withActs(HeldAct... further) {
    RouteRequest copy = copy();
    copy.acts = more(acts, List.of(further));
    return copy;
  }

  /** The same, for a person who lives in the areas with these codes. */
  public RouteRequest withAreas(String... codes) {
    RouteRequest copy = copy();
    copy.areas = more(areas, List.of(codes));
    return copy;
  }

  /** The same; free places that were seen more days ago than this are unknown. Seven unless said otherwise. */
  public RouteRequest withFreshDays(int days) {
    RouteRequest copy = copy();
    copy.freshDays = days;
    return copy;
  }

  /** A {@code tutela_route_options}; it lives as long as the frame. */
  long write(Frame frame) {
    long place = frame.room(BYTES);
    List<String> categories = List.copyOf(data.keySet());
    Calls.putInt(place, BYTES);
    Calls.putInt(place + 4, goalIs);
    frame.putView(place + 8, from);
    frame.putView(place + 24, goal);
    Frame.putDate(place + 40, on);
    Frame.putDate(place + 52, birthDate);
    Calls.putInt(place + 64, danger.ordinal());
    Calls.putInt(place + 68, sex == null ? 0 : sex.ordinal() + 1);
    putViews(frame, place + 72, purposes);
    Calls.putLong(place + 88, frame.views(categories));
    Calls.putLong(place + 96, consents(frame, categories));
    Calls.putLong(place + 104, categories.size());
    Calls.putLong(place + 112, actsIn(frame));
    Calls.putLong(place + 120, acts.size());
    putViews(frame, place + 128, areas);
    Calls.putInt(place + 144, freshDays);
    return place;
  }

  private static void putViews(Frame frame, long place, List<String> texts) {
    Calls.putLong(place, frame.views(texts));
    Calls.putLong(place + 8, texts.size());
  }

  private long consents(Frame frame, List<String> categories) {
    long consents = frame.room(4 * categories.size());
    for (int i = 0; i < categories.size(); ++i) Calls.putInt(consents + 4L * i, data.get(categories.get(i)).ordinal());
    return consents;
  }

  private long actsIn(Frame frame) {
    long array = frame.room(HeldAct.BYTES * acts.size());
    for (int i = 0; i < acts.size(); ++i) acts.get(i).write(frame, array + (long) HeldAct.BYTES * i);
    return array;
  }
}
