FLASK_APP=training.start:create_shell
