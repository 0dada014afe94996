namespace TimeTagger.Configuration;

/// <summary>The programs that a setting changes. All of them accept every setting and check its value.</summary>
[Flags]
public enum UsedBy
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>The program of <c>local</c>, which runs everything on one machine.</summary>
    Front = 1,

    /// <summary>The program of <c>functions/Api</c>, which has the data.</summary>
    Handler = 2,

    /// <summary>Both.</summary>
    Both = Front | Handler,
}
