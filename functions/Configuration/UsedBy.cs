namespace TimeTagger.Configuration;

/// <summary>The programs that a setting changes. All of them accept every setting and check its value.</summary>
[Flags]
public enum UsedBy
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>The program of <c>local</c>, which is everything on one machine.</summary>
    Local = 1,

    /// <summary>The program of <c>functions/Worker</c>, which a Functions host starts.</summary>
    Worker = 2,

    /// <summary>Both.</summary>
    Both = Local | Worker,
}
