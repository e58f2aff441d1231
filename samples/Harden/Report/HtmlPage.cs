using System.Collections.Immutable;
using System.Net;
using System.Text;

namespace Harden.Report;

/// <summary>
/// A page without scripts, styles or fonts from elsewhere, so that it can be kept and sent as a single file.
/// Texts are escaped here.
/// </summary>
internal sealed class HtmlPage
{
    private readonly StringBuilder _text = new();

    /// <param name="title">Its title.</param>
    public HtmlPage(string title) => _text.Append($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{Escape(title)}</title>
        <style>{HtmlStyle.Sheet}</style>
        </head>
        <body>
        <main>
        <h1>{Escape(title)}</h1>

        """);

    /// <summary>Adds a summary in a sentence or two.</summary>
    public void Lead(string text) => _text.Append($"<p class=\"lead\">{Escape(text)}</p>\n");

    /// <summary>Adds a picture.</summary>
    /// <param name="svg">An svg element, or nothing.</param>
    public void Figure(string svg) => _text.Append($"<figure>\n{svg}</figure>\n");

    /// <summary>Where the page comes from.</summary>
    public void Provenance(Provenance provenance)
    {
        _text.Append("<p class=\"note provenance\">");
        _text.AppendJoin(" · ", provenance.Parts.Select(Escape)).Append("</p>\n");
        Preformatted(provenance.Command);
    }

    /// <summary>Links to files in the page's folder.</summary>
    public void Files(IEnumerable<string> names) =>
        _text.Append("<p class=\"note\">Beside this page: ").AppendJoin(
            ", ", names.Select(name => $"<a href=\"{Escape(Uri.EscapeDataString(name))}\">{Escape(name)}</a>")).Append("</p>\n");

    /// <summary>A heading, and what is to be known about what comes below it.</summary>
    public void Heading(string heading, string note)
    {
        _text.Append($"<h2>{Escape(heading)}</h2>\n");
        Note(note);
    }

    /// <summary>Adds a side note.</summary>
    public void Note(string text) => _text.Append($"<p class=\"note\">{Escape(text)}</p>\n");

    /// <summary>Adds preformatted text.</summary>
    public void Preformatted(string text) => _text.Append($"<pre>{Escape(text)}</pre>\n");

    /// <summary>Adds a table with a heading.</summary>
    public void Table(string heading, string note, ImmutableArray<string> columns, ImmutableArray<ImmutableArray<string>> rows)
    {
        Heading(heading, note);
        Table(columns, rows);
    }

    /// <summary>Adds a table; the first column has names, the following ones numbers.</summary>
    public void Table(ImmutableArray<string> columns, ImmutableArray<ImmutableArray<string>> rows)
    {
        _text.Append("<div class=\"wide\"><table>\n<thead><tr>");
        foreach (string column in columns) _text.Append($"<th scope=\"col\">{Escape(column)}</th>");
        _text.Append("</tr></thead>\n<tbody>\n");
        foreach (ImmutableArray<string> row in rows)
            _text.Append($"<tr><th scope=\"row\">{Escape(row[0])}</th>")
                .AppendJoin("", row.Skip(1).Select(cell => $"<td>{Escape(cell)}</td>")).Append("</tr>\n");
        _text.Append("</tbody>\n</table></div>\n");
    }

    /// <summary>The whole page.</summary>
    public string End() => _text.Append("</main>\n</body>\n</html>\n").ToString();

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
