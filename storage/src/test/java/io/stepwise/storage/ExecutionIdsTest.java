package io.stepwise.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.Test;

class ExecutionIdsTest {
  private static final long NOW = 1_767_225_600_000L;

  @Test
  void idsRiseAndTellTheirShard() {
    var ids = new ExecutionIds(200, 0);
    var last = 0L;
    for (var i = 0; i < 10_000; i++) {
      var id = ids.next(NOW);
      assertThat(id).isGreaterThan(last);
      assertThat(ExecutionIds.shardOf(id)).isEqualTo(200);
      last = id;
    }
  }

  @Test
  void aLaterMillisecondGivesItsFirstId() {
    var ids = new ExecutionIds(3, 0);
    ids.next(NOW);

    assertThat(ids.next(NOW + 1)).isEqualTo(ExecutionIds.of(NOW + 1, 3));
  }

  @Test
  void afterARestartEveryShardGoesOnAboveTheHighestStoredIdWhereverTheClockStands() {
    for (var now : new long[] {NOW, NOW - 3_600_000, NOW + 1}) {
      var stored = new ExecutionIds(5, 0).next(NOW);
      var given = new HashSet<Long>();
      for (var shard = 0; shard < 8; shard++) {
        var ids = new ExecutionIds(shard, stored);
        for (var i = 0; i < 5_000; i++) {
          var id = ids.next(now);
          assertThat(id).isGreaterThan(stored);
          assertThat(ExecutionIds.shardOf(id)).isEqualTo(shard);
          assertThat(given.add(id)).as("id %s of shard %s", id, shard).isTrue();
        }
      }
    }
  }
}
