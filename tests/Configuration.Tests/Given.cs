namespace TimeTagger.Configuration.Tests;

/// <summary>Reads the catalogue with an environment of the test's own.</summary>
internal static class Given
{
    /// <summary>A well-formed hash.</summary>
    public const string Hash = "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

    public static SettingValues Arguments(params string[] args) => Both(args);

    public static SettingValues Variables(params (string Name, string Value)[] variables) => Both([], variables);

    public static SettingValues Both(string[] args, params (string Name, string Value)[] variables) =>
        SettingValues.Read(
            Catalogue.All,
            args,
            name =>
                variables.Where(variable => variable.Name == name).Select(variable => variable.Value).SingleOrDefault()
        );
}
