using Lob.Fast.Cli.Verbs;

// dotnet run -c Release --project perf/WireToDecision -- [VENUE:FILE[,FILE…]…] [--json] …: the arguments are those of `lob bench`.
return BenchVerb.Create().Parse(args).Invoke();
