package com.alphaxiii.polygon.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Topic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is wanted and given up in whatever order: the connection serves just the union. */
class DemandPropertyTest {
  private record Step(Topic topic, boolean want, boolean sync, boolean reconnect) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Topic> topics =
        Arbitraries.of("T.A", "T.B", "T.*", "Q.A", "Q.*", "AM.A").map(Topic::parse);
    return net.jqwik.api.Combinators.combine(
            topics,
            Arbitraries.of(true, false),
            Arbitraries.of(true, false),
            Arbitraries.frequency(
                net.jqwik.api.Tuple.of(9, false), net.jqwik.api.Tuple.of(1, true)))
        .as(Step::new)
        .list()
        .ofMaxSize(60);
  }

  @Property
  void asksForJustWhatIsWanted(@ForAll("steps") List<Step> steps) {
    Demand demand = new Demand();
    List<Topic> wanted = new ArrayList<>();
    Set<Topic> served = new HashSet<>();
    for (Step step : steps) {
      if (step.want()) {
        demand.want(step.topic());
        wanted.add(step.topic());
      } else {
        demand.unwant(step.topic());
        wanted.remove(step.topic());
      }
      if (step.reconnect()) {
        demand.forgetConnection();
        served.clear();
      }
      if (step.sync()) {
        serve(demand.takeDelta(), served);
        assertThat(served).isEqualTo(union(wanted));
      }
    }
    serve(demand.takeDelta(), served);
    assertThat(served).isEqualTo(union(wanted));
    assertThat(demand.isEmpty()).isEqualTo(wanted.isEmpty());
    for (Topic topic : wanted) {
      assertThat(demand.asked(topic)).isPresent();
    }
  }

  private static void serve(Demand.Delta delta, Set<Topic> served) {
    for (Topic topic : delta.subscribe()) {
      assertThat(served.add(topic)).as("%s asked for once", topic).isTrue();
    }
    for (Topic topic : delta.unsubscribe()) {
      assertThat(served.remove(topic)).as("%s given up once", topic).isTrue();
    }
  }

  private static Set<Topic> union(List<Topic> wanted) {
    Set<Topic> union = new HashSet<>(wanted);
    union.removeIf(
        topic -> !topic.isAll() && wanted.contains(new Topic(topic.channel(), Topic.ALL)));
    return union;
  }
}
