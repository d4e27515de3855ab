package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RingQueueTest {
  @Test
  void isBoundedAndKeepsTheOrder() {
    RingQueue<Integer> queue = new RingQueue<>(4);
    for (int i = 0; i < 4; i++) {
      assertThat(queue.offer(i)).isTrue();
    }
    assertThat(queue.offer(4)).isFalse();
    assertThat(queue.poll()).isEqualTo(0);
    assertThat(queue.offer(5)).isTrue();
    assertThat(queue.poll()).isEqualTo(1);
    assertThat(queue.poll()).isEqualTo(2);
    assertThat(queue.poll()).isEqualTo(3);
    assertThat(queue.poll()).isEqualTo(5);
    assertThat(queue.poll()).isNull();
  }

  @Test
  void passesEverythingBetweenTwoThreads() throws Exception {
    RingQueue<Integer> queue = new RingQueue<>(64);
    int count = 500_000;
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<?> producer =
          threads.submit(
              () -> {
                for (int i = 0; i < count; i++) {
                  while (!queue.offer(i)) {
                    Thread.yield();
                  }
                }
              });
      Future<?> consumer =
          threads.submit(
              () -> {
                for (int i = 0; i < count; i++) {
                  Integer next;
                  while ((next = queue.poll()) == null) {
                    Thread.yield();
                  }
                  assertThat(next).isEqualTo(i);
                }
              });
      producer.get(60, TimeUnit.SECONDS);
      consumer.get(60, TimeUnit.SECONDS);
    }
    assertThat(queue.poll()).isNull();
  }

  @Test
  void refusesACapacityThatIsNoPowerOfTwo() {
    assertThatThrownBy(() -> new RingQueue<>(3)).isInstanceOf(IllegalArgumentException.class);
  }
}
