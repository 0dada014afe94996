using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace TimeTagger.SiteBuilder.Pages;

/// <summary>
/// Tables whose columns are aligned by classes (<c>align-right</c>, <c>align-center</c>) and not by styles, in a box
/// that scrolls where the table is wider than the screen.
/// </summary>
internal sealed class ClassedTableRenderer : HtmlTableRenderer
{
    protected override void Write(HtmlRenderer renderer, Table table)
    {
        foreach (var row in table.OfType<TableRow>())
        {
            for (var i = 0; i < row.Count && i < table.ColumnDefinitions.Count; i++)
            {
                if (ClassOf(table.ColumnDefinitions[i].Alignment) is { } name)
                {
                    row[i].GetAttributes().AddClass(name);
                }
            }
        }

        foreach (var column in table.ColumnDefinitions)
        {
            column.Alignment = null;
        }

        renderer.Write("<div class=\"table-scroll\" tabindex=\"0\">").EnsureLine();
        base.Write(renderer, table);
        renderer.WriteLine("</div>");
    }

    private static string? ClassOf(TableColumnAlign? alignment) =>
        alignment switch
        {
            TableColumnAlign.Right => "align-right",
            TableColumnAlign.Center => "align-center",
            _ => null,
        };
}
