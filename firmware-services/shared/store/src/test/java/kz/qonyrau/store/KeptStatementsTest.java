package kz.qonyrau.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KeptStatementsTest {

  private static final String FIND = "SELECT name FROM thing WHERE id >= :id ORDER BY id";
  private static final String INSERT = "INSERT INTO thing (id, name) VALUES (:id, :name)";

  private Handle handle;

  @BeforeEach
  void open() {
    handle = Jdbi.create("jdbc:derby:memory:" + UUID.randomUUID() + ";create=true").open();
    handle.setStatementBuilder(new KeptStatements());
    ddl("CREATE TABLE thing (id INT NOT NULL PRIMARY KEY, name VARCHAR(20) NOT NULL)");
    IntStream.rangeClosed(1, 3).forEach(id -> insert(id, "thing " + id));
  }

  @AfterEach
  void close() {
    handle.close();
  }

  @Test
  void theSameTextIsPreparedOnceAndAsksWhatIsAskedNow() {
    assertThat(used(1)).isSameAs(used(2)).isNotNull();
    assertThat(names(1)).containsExactly("thing 1", "thing 2", "thing 3");
    assertThat(names(3)).containsExactly("thing 3");
    assertThat(names(4)).isEmpty();
  }

  @Test
  void whoAsksTheSameWhileTheFirstIsStillReadGetsAnother() {
    List<String> seen = new ArrayList<>();
    try (ResultIterator<String> outer =
        handle.createQuery(FIND).bind("id", 1).mapTo(String.class).iterator()) {
      while (outer.hasNext()) {
        seen.add(outer.next() + names(3));
      }
    }

    assertThat(seen).containsExactly("thing 1[thing 3]", "thing 2[thing 3]", "thing 3[thing 3]");
    assertThat(names(2)).hasSize(2);
  }

  @Test
  void whatFailedWorksTheNextTime() {
    handle.begin();
    var _ = handle.savepoint("before");
    assertThatThrownBy(() -> insert(1, "again"))
        .isInstanceOf(UnableToExecuteStatementException.class);
    var _ = handle.rollbackToSavepoint("before");
    insert(4, "thing 4");
    var _ = handle.commit();

    assertThat(names(3)).containsExactly("thing 3", "thing 4");
  }

  @Test
  void aTableThatGotAnIndexIsReadAndWritten() {
    assertThat(names(1)).hasSize(3);
    ddl("CREATE INDEX by_name ON thing (name)");
    insert(9, "thing 9");

    assertThat(names(9)).containsExactly("thing 9");
  }

  @Test
  void aBatchThatNobodyExecutedIsForgotten() {
    try (PreparedBatch abandoned = handle.prepareBatch(INSERT)) {
      assertThat(abandoned.bind("id", 7).bind("name", "never").add().size()).isEqualTo(1);
    }
    try (PreparedBatch batch = handle.prepareBatch(INSERT)) {
      for (int id = 10; id < 13; id++) {
        var _ = batch.bind("id", id).bind("name", "batch").add();
      }
      assertThat(batch.execute()).containsExactly(1, 1, 1);
    }
    insert(20, "last");

    assertThat(names(5)).containsExactly("batch", "batch", "batch", "last");
  }

  @Test
  void ofMoreTextsThanAreKeptEachWorks() {
    for (int length = 1; length <= 600; length++) {
      List<Integer> ids = IntStream.rangeClosed(1, length).boxed().toList();
      assertThat(
              handle
                  .createQuery("SELECT COUNT(*) FROM thing WHERE id IN (<ids>)")
                  .bindList("ids", ids)
                  .mapTo(Integer.class)
                  .one())
          .isEqualTo(Math.min(3, length));
    }
    Iterator<String> names = names(1).iterator();
    assertThat(names.next()).isEqualTo("thing 1");
  }

  private void ddl(String statement) {
    assertThat(handle.execute(statement)).isZero();
  }

  private PreparedStatement used(int id) {
    return handle
        .createQuery(FIND)
        .bind("id", id)
        .map((_, context) -> context.getStatement())
        .list()
        .getFirst();
  }

  private List<String> names(int from) {
    return handle.createQuery(FIND).bind("id", from).mapTo(String.class).list();
  }

  private void insert(int id, String name) {
    assertThat(handle.createUpdate(INSERT).bind("id", id).bind("name", name).execute())
        .isEqualTo(1);
  }
}
