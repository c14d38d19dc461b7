package kz.qonyrau.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.NoErrorsLogged;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Contacts with several numbers, over the API: what is proposed, taken, and said of the rest.
@Tag("AC-CON-01")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@ExtendWith(NoErrorsLogged.class)
class OtherNumbersRoutesTest {

  private static TestConsole at;

  @BeforeAll
  static void open() {
    at = new TestConsole();
  }

  @AfterAll
  static void close() {
    at.close();
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return TestConsole.JSON.readTree(answer.body());
  }

  private static JsonNode uploaded(String csv) {
    HttpResponse<String> answer =
        at.upload(Role.OWNER, "/uploads?fileName=list.csv", csv.getBytes(StandardCharsets.UTF_8));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return json(answer);
  }

  private static HttpResponse<String> imports(JsonNode upload, String columns) {
    return at.send(
        Role.OWNER,
        "POST",
        "/lists",
        """
        {"uploadId":"%s","name":"several","encoding":"UTF_8","delimiter":"SEMICOLON","header":true,
         "columns":[%s]}
        """
            .formatted(upload.path("id").asString(), columns));
  }

  /// The first column is the number, the others are further ones.
  private static JsonNode imported(String csv) {
    HttpResponse<String> answer =
        imports(
            uploaded(csv),
            """
            {"index":0,"role":"NUMBER"},{"index":1,"role":"OTHER_NUMBER"},
            {"index":2,"role":"OTHER_NUMBER"}\
            """);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    String list = "/lists/" + json(answer).path("id").asString();
    Eventually.await(
        Duration.ofSeconds(20),
        "the import has ended",
        () -> at.read(Role.OWNER, list).path("state").asString().equals("READY"));
    return at.read(Role.OWNER, list);
  }

  @Test
  void furtherNumbersAreProposedCountedAndShown() {
    String csv =
        "телефон;дом;работа\r\n87011112201;87272500001;87272500002\r\n87011112202;87272500003;\r\n";
    assertThat(uploaded(csv).path("columns").findValuesAsString("role"))
        .containsExactly("NUMBER", "OTHER_NUMBER", "OTHER_NUMBER");

    JsonNode list = imported(csv);

    assertThat(list.path("contacts").asInt()).isEqualTo(2);
    assertThat(list.path("otherNumbers").asInt()).isEqualTo(3);
    assertThat(list.path("numbersLeftOut").asInt()).isZero();
    JsonNode found =
        at.read(
            Role.OPERATOR,
            "/lists/" + list.path("id").asString() + "/contacts?search=8%20727%20250%2000%2002");
    assertThat(found.path("items").path(0).path("number").asString()).isEqualTo("+77011112201");
    assertThat(found.path("items").path(0).path("otherNumbers"))
        .hasToString("[\"+77272500001\",\"+77272500002\"]");
  }

  /// Who has a number twice has it once, which is no complaint. A spreadsheet must take none of it
  /// for a formula, and a row for no more than one.
  @Test
  @Tag("AC-CON-05")
  void whatIsLeftOutIsNamedAndWhetherItsContactWasTakenAlsoInTheFile() {
    JsonNode list =
        imported(
            """
            телефон;дом;работа
            87011112211;=cmd|' /C calc'!A1;+49 30 123456
            87011112212;87011112211;"<b>""8""</b>;@SUM(1)"
            =1+1;87272500011;
            87011112213;87272500012;87272500012
            """);

    assertThat(list.path("contacts").asInt()).isEqualTo(3);
    assertThat(list.path("rejected").asInt()).isEqualTo(1);
    assertThat(list.path("otherNumbers").asInt()).isEqualTo(1);
    String path = "/lists/" + list.path("id").asString() + "/rejects";
    assertThat(
            at.read(Role.OWNER, path)
                .path("items")
                .valueStream()
                .map(row ->
                    row.path("line").asInt()
                        + " "
                        + row.path("code").asString()
                        + " "
                        + row.path("taken").asBoolean()))
        .containsExactly(
            "2 NOT_A_NUMBER true",
            "2 FOREIGN true",
            "3 REPEATED_NUMBER true",
            "3 NOT_A_NUMBER true",
            "4 NOT_A_NUMBER false");

    List<String> rows = at.get(Role.OWNER, path + ".csv").body().lines().toList();

    assertThat(rows).hasSize(6);
    assertThat(rows.getFirst()).isEqualTo("\uFEFFline;code;detail;text;taken");
    assertThat(rows.get(1)).startsWith("2;NOT_A_NUMBER;\"Column 2: ").endsWith(";YES");
    assertThat(rows.get(5)).startsWith("4;NOT_A_NUMBER;").contains("\"'=1+1;").endsWith(";NO");
    assertThat(rows.subList(1, 6))
        .allMatch(row -> row.matches("[2-4];[A-Z_]+;\"[A-Z].*\";\"['8].*\";(YES|NO)"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'index':0,'role':'OTHER_NUMBER'}",
        "{'index':0,'role':'NUMBER'},{'index':1,'role':'NUMBER'}",
        "{'index':0,'role':'NUMBER'},{'index':0,'role':'OTHER_NUMBER'}",
        "{'index':0,'role':'NUMBER'},{'index':1,'role':'OTHER_NUMBER'},"
            + "{'index':2,'role':'OTHER_NUMBER'},{'index':3,'role':'OTHER_NUMBER'}"
      })
  void columnsThatCannotBeAreRefusedAndTheUploadIsKept(String columns) {
    JsonNode upload = uploaded("a;b;c;d\n87011112221;87272500021;87272500022;87272500023\n");

    HttpResponse<String> refused = imports(upload, columns.replace('\'', '"'));

    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
    assertThat(json(refused).path("errors").path(0).path("field").asString()).isEqualTo("columns");
    assertThat(imports(upload, "{\"index\":0,\"role\":\"NUMBER\"}").statusCode()).isEqualTo(202);
  }
}
