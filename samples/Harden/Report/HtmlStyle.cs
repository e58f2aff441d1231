namespace Harden.Report;

/// <summary>The report's style sheet: the reader's system fonts, light or dark like the reader's system.</summary>
internal static class HtmlStyle
{
    public const string Sheet = """

        :root { --ink: #1f2328; --soft: #656d76; --rule: #d8dee4; --paper: #ffffff; --shade: #f6f8fa; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e6edf3; --soft: #9198a1; --rule: #30363d; --paper: #15191e; --shade: #1c2128; }
        }
        body { margin: 0; background: var(--paper); color: var(--ink);
          font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif; }
        main { max-width: 60rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
        h1 { font-size: 1.9rem; line-height: 1.2; letter-spacing: -0.015em; margin: 0 0 0.75rem; }
        h2 { font-size: 1.2rem; margin: 2.75rem 0 0.35rem; }
        .lead { font-size: 1.1rem; max-width: 46rem; margin: 0 0 1.5rem; }
        .note { color: var(--soft); font-size: 0.92rem; max-width: 46rem; margin: 0 0 0.75rem; }
        figure { margin: 0; overflow-x: auto; }
        svg { display: block; width: 100%; min-width: 44rem; height: auto; }
        a { color: inherit; text-underline-offset: 0.15em; }
        .provenance { max-width: none; }
        .wide { overflow-x: auto; margin-bottom: 1rem; }
        table { border-collapse: collapse; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
        th, td { padding: 0.36rem 0.65rem; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--rule); }
        th:first-child { text-align: left; padding-left: 0; }
        thead th { color: var(--soft); font-weight: 500; border-bottom-width: 2px; }
        tbody th { font-weight: 600; }
        pre { background: var(--shade); border-radius: 6px; padding: 0.9rem 1.1rem; overflow-x: auto;
          font: 0.84rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
        @media (max-width: 30rem) { main { padding: 1.5rem 1rem 3rem; } h1 { font-size: 1.5rem; } }
        @media print {
          svg { min-width: 0; } figure, .wide { overflow: visible; } body { font-size: 11pt; }
          h2, figure { break-after: avoid; } table { break-inside: avoid; }
        }

        """;
}
