using System.Globalization;
using System.Text;

namespace NoiseGen.Generator.Emission;

/// <summary>Writes indented C#. Line ends are always <c>\n</c>, numbers always invariant.</summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;
    private bool _isAfterBlock;

    /// <summary>
    /// Writes lines at the current depth, after an empty line if a block precedes them. The lines keep their own indentation;
    /// long ones are folded.
    /// </summary>
    public void Write(string lines)
    {
        if (_isAfterBlock && lines.Length > 0 && lines[0] != '\n') _text.Append('\n');
        _isAfterBlock = false;
        foreach (string line in lines.Split('\n'))
        {
            foreach (string part in LineFolder.Fold(line.TrimEnd('\r'), _depth * 4))
            {
                if (part.Length > 0) _text.Append(' ', _depth * 4).Append(part);
                _text.Append('\n');
            }
        }
    }

    /// <summary>Writes lines that are folded already, as they are.</summary>
    public void Append(string lines) => _text.Append(lines);

    /// <summary>Writes an empty line.</summary>
    public void Space()
    {
        _isAfterBlock = false;
        _text.Append('\n');
    }

    /// <summary>Writes a header, if any, and a brace; disposing of the result closes it.</summary>
    public Closing Block(string header)
    {
        if (header.Length > 0) Write(header);
        Write("{");
        _depth++;
        return new Closing(this, "}");
    }

    /// <summary>Writes a loop over numbers; for a single one, its body once, with that number in the variable's place.</summary>
    /// <param name="type">The variable's type.</param>
    /// <param name="name">The variable.</param>
    /// <param name="start">The first number.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="stride">From one number to the next.</param>
    /// <param name="body">Writes the body, given the variable or the number.</param>
    public void Loop(string type, string name, int start, int count, int stride, Action<string> body)
    {
        if (count == 1)
        {
            body(Literal(start));
            return;
        }

        string next = stride == 1 ? $"{name}++" : $"{name} += {stride}";
        using (Block($"for ({type} {name} = {start}; {name} < {start + count * stride}; {next})")) body(name);
    }

    /// <summary>Goes a level deeper; disposing of the result returns.</summary>
    public Closing Indent()
    {
        _depth++;
        return new Closing(this, null);
    }

    public override string ToString() => _text.ToString();

    /// <summary>An integer literal; cultures differ in the minus sign.</summary>
    public static string Literal(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A float literal that reads back to the same bits, whatever the culture.</summary>
    public static string Literal(float value) => value switch
    {
        float.NaN => "float.NaN",
        float.PositiveInfinity => "float.PositiveInfinity",
        float.NegativeInfinity => "float.NegativeInfinity",
        _ => value.ToString("G9", CultureInfo.InvariantCulture) + "f",
    };

    /// <summary>A count with its thousands apart, whatever the culture.</summary>
    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    internal readonly struct Closing(SourceWriter writer, string? brace) : IDisposable
    {
        public void Dispose()
        {
            writer._depth--;
            writer._isAfterBlock = false;
            if (brace is null) return;
            writer.Write(brace);
            writer._isAfterBlock = true;
        }
    }
}
