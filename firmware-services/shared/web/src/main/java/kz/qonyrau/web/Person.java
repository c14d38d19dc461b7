package kz.qonyrau.web;

/// Who is signed in.
///
/// @param login how the person signs in, in lower case
/// @param name how the person is called on the pages
/// @param role one of the roles of the console, as in its contract
/// @param mustChangePassword true until the first password was replaced
public record Person(String login, String name, String role, boolean mustChangePassword) {

  /// The login as it may stand in a log: a login that is a telephone number is cut short.
  public String loggable() {
    return loggable(login);
  }

  static String loggable(String login) {
    boolean plain =
        login.length() <= 60
            && login.chars().filter(Character::isDigit).count() < 7
            && login.chars().allMatch(c -> c > ' ' && c < 0x7f);
    return plain ? login : login.length() + " characters";
  }

  Person withOwnPassword() {
    return new Person(login, name, role, false);
  }
}
