package kz.qonyrau.audit;

/// Who does something. Texts that are too long are cut, so that nothing can stay out of the log
/// because of its name.
///
/// @param login how the person signs in, 1 to 100 characters; for programs their name
/// @param role the role in force, up to 30 characters; empty where nobody is signed in
/// @param address where the request came from, up to 64 characters; empty for programs
public record Actor(String login, String role, String address) {

  public Actor {
    login = AuditText.line(login, 100);
    role = AuditText.line(role, 30);
    address = AuditText.line(address, 64);
  }

  /// A program that acts by itself.
  public static Actor program(String name) {
    return new Actor(name, "PROGRAM", "");
  }
}
