import Terminal
import Testing

struct ParsedArgumentsTests {
  private let command = DriftCommand()

  private func parse(_ words: String...) throws(UsageError) -> ParsedArguments {
    try ParsedArguments(parsing: words, as: command)
  }

  private func error(_ words: String...) -> UsageError? {
    do throws(UsageError) {
      _ = try ParsedArguments(parsing: words, as: command)
      return nil
    } catch {
      return error
    }
  }

  @Test func `parameters left out have their defaults`() throws {
    let arguments = try parse()
    #expect(arguments[command.location] == nil)
    #expect(arguments[command.format] == .text)
    #expect(arguments[command.jobs] == 2)
    #expect(arguments[command.blueprint] == nil)
    #expect(arguments[command.ignore] == [])
    #expect(!arguments[command.counting])
  }

  @Test(arguments: [
    ["shop.db", "--format", "json", "--count"],
    ["--format=json", "--count", "shop.db"],
    ["-c", "-f", "json", "shop.db"],
    ["-fjson", "shop.db", "-c"],
    ["-f=json", "shop.db", "-c"],
    ["-cf", "json", "shop.db"],
    ["-cfjson", "--", "shop.db"],
    ["-qcf", "json", "shop.db", "--no-color"],
  ])
  func `every way of writing it means the same`(words: [String]) throws {
    let arguments = try ParsedArguments(parsing: words, as: command)
    #expect(arguments[command.format] == .json)
    #expect(arguments[command.counting])
    #expect(arguments[command.location] == "shop.db")
  }

  @Test func `a repeated option keeps its values in order`() throws {
    let arguments = try parse("--ignore", "tmp_*", "--ignore=", "--ignore", "old_*")
    #expect(arguments[command.ignore] == ["tmp_*", "", "old_*"])
  }

  @Test func `a lone dash is an argument and a value`() throws {
    #expect(try parse("-")[command.location] == "-")
    #expect(try parse("--blueprint", "-")[command.blueprint] == "-")
  }

  @Test func `two dashes end the options`() throws {
    #expect(try parse("--", "--format")[command.location] == "--format")
    #expect(error("--", "a", "--") == .unexpectedArgument("--"))
  }

  @Test func `a value may contain or follow an equals sign`() throws {
    #expect(try parse("--blueprint=a=b")[command.blueprint] == "a=b")
    #expect(try parse("--jobs=-1")[command.jobs] == -1)
  }

  @Test func `what cannot be read is named`() {
    #expect(error("a", "b") == .unexpectedArgument("b"))
    #expect(error("--formt", "json") == .unknownOption("--formt", nearest: "--format"))
    #expect(error("--wholly-unknown") == .unknownOption("--wholly-unknown", nearest: nil))
    #expect(error("-cx") == .unknownOption("-x", nearest: nil))
    #expect(error("--count=yes") == .unexpectedValue(option: "--count"))
    #expect(error("-ftext", "--format", "json") == .repeatedOption("--format"))
    #expect(
      error("-f", "jsno")
        == .unsuitableValue("jsno", expected: "text or json", nearest: "json", parameter: "--format"))
    #expect(
      error("--jobs", "many") == .unsuitableValue("many", expected: "a whole number", parameter: "--jobs"))
  }

  @Test func `an option is never taken for a value`() {
    #expect(
      error("--blueprint", "--count") == .missingValue(option: "--blueprint", form: "--blueprint=<dir>"))
    #expect(error("--blueprint") == .missingValue(option: "--blueprint", form: "--blueprint=<dir>"))
    #expect(error("-f") == .missingValue(option: "--format", form: "--format=text|json"))
  }

  @Test func `a required argument is asked for`() {
    #expect(throws: UsageError.missingArgument("<backup>")) {
      try ParsedArguments(parsing: ["--into", "x"], as: RestoreCommand())
    }
  }

  @Test func `a type of one's own says what it expects`() throws {
    struct Port: CommandLineValue, Equatable {
      let number: Int
      init(commandLine text: String) throws(UsageError) {
        guard let number = Int(text), (1...65535).contains(number) else {
          throw .unsuitableValue(text, expected: "a port number")
        }
        self.number = number
      }
    }
    struct Serve: ParameterGroup {
      let port = Argument<Port>("port", "The port.")
    }
    #expect(try ParsedArguments(parsing: ["8080"], as: Serve())[Serve().port].number == 8080)
    #expect(throws: UsageError.unsuitableValue("0", expected: "a port number", parameter: "<port>")) {
      try ParsedArguments(parsing: ["0"], as: Serve())
    }
  }

  @Test func `nested groups of parameters are read in order`() {
    let labels = RestoreCommand().parameters.map(\.declaration.label)
    #expect(labels == ["<backup>", "--into", "--confirm"])
  }

  @Test func `reading a parameter of another command is a bug`() async {
    await #expect(processExitsWith: .failure) {
      let arguments = try ParsedArguments(parsing: [], as: DriftCommand())
      print(arguments[RestoreCommand().into] ?? "")
    }
  }
}
